# The R call that made tests/dynamics/gls_estimates.csv; run by `make gls-frozen` where R is installed.
# Reads one CSV of long rows (diary, day, y, columns x1..xp; days without a rating are left out).
suppressMessages(library(nlme))
arguments <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(arguments[1])
columns <- grep("^x", names(rows), value = TRUE)
found <- NULL
spent <- 0
for (one in unique(rows$diary)) {
  own <- rows[rows$diary == one, ]
  keep <- columns[apply(own[columns], 2, function(x) any(x != 0))]
  formula <- as.formula(paste("y ~ 0 +", paste(keep, collapse = " + ")))
  started <- proc.time()[["user.self"]]
  fit <- try(gls(formula, own, correlation = corCAR1(form = ~day), method = "REML"), silent = TRUE)
  spent <- spent + proc.time()[["user.self"]] - started
  if (inherits(fit, "try-error")) next
  phi <- coef(fit$modelStruct$corStruct, unconstrained = FALSE)
  asked <- intersect(c("x9", "x10", "x11"), keep)
  values <- coef(fit)
  errors <- sqrt(diag(vcov(fit)))
  for (name in asked)
    found <- rbind(found, data.frame(diary = one, lag = match(name, c("x9", "x10", "x11")),
      estimate = values[[name]], sd = errors[[name]], phi = phi))
}
found[c("estimate", "sd", "phi")] <- signif(found[c("estimate", "sd", "phi")], 10)
write.csv(found, arguments[2], row.names = FALSE, quote = FALSE)
cat(sprintf("nlme::gls %s, R %s.%s: %.4f CPU seconds a diary\n", packageVersion("nlme"), R.version$major, R.version$minor,
  spent / length(unique(rows$diary))))
