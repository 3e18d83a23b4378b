"""The clinic: patients keep a diary, a team sees where everyone stands and why, and every act says who did it.

Django, with nothing of the library's in it twice: no threshold, dose, drug name or phase stands here. An app is a task:
`people` (who may), `store` (what was written, and that nobody changed it), `audit` (who looked), `diary`, `course`,
`plan`, `sessions`, `inbox`, `privacy`. In each, `actions` is the only writer and `queries` the only reader of its
tables, `views` one file a page.
"""
