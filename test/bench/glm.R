# The peer of test/bench/glm.mjs: reads the columns once, then fits at each line of standard input; answers its milliseconds, its coefficients and standard errors.
input <- commandArgs(trailingOnly = TRUE)
rows <- as.integer(input[2]); columns <- as.integer(input[3])
numbers <- readBin(input[1], "double", rows * (columns + 1))
X <- matrix(numbers[seq_len(rows * columns)], rows); y <- numbers[rows * columns + seq_len(rows)]
cat("prêt\n"); flush(stdout())
lines <- file("stdin", "r")
while (length(readLines(lines, 1)) > 0) {
  begin <- Sys.time()
  fit <- glm.fit(X, y, family = binomial())
  errors <- sqrt(diag(chol2inv(fit$qr$qr)))
  elapsed <- as.numeric(Sys.time() - begin, units = "secs") * 1000
  cat(sprintf("%.6f %d", elapsed, fit$iter), sprintf("%.17g", c(fit$coefficients, errors)), "\n"); flush(stdout())
}
