"""How symptoms answer to exposures: one model, run forwards to make diaries and backwards to read them.

`scenarios` and `simulate` run it forwards; `design`, `infer` and `triggers` backwards, with the inner loops in
`kernels`; `pooling` and `cohort` do it for many patients. Nothing here knows a pathway or a screen.
"""
