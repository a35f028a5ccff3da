# Peer of mca.mjs: reads a table once, then answers one line a question, "milliseconds" first; "write <file>" leaves its coordinates for comparison.
suppressMessages(library(FactoMineR))
input <- file("stdin", "r")
frame <- NULL
tasks <- list(
  active = function() MCA(frame[1:18], graph = FALSE),
  supplementary = function() MCA(frame, quali.sup = 19:22, quanti.sup = 23, graph = FALSE))
while (length(line <- readLines(input, 1)) > 0) {
  word <- strsplit(line, " ")[[1]]
  if (word[1] == "read") {
    frame <- read.csv(word[2], check.names = FALSE)
    frame[1:22] <- lapply(frame[1:22], factor)
    cat(as.character(packageVersion("FactoMineR")), "\n")
  } else if (word[1] == "write") {
    r <- tasks[[word[2]]]()
    values <- c(r$eig[1:5, 1], t(r$ind$coord), t(r$ind$contrib), t(r$ind$cos2), t(r$var$coord), t(r$var$contrib), t(r$var$cos2), t(r$var$v.test), t(r$var$eta2))
    if (word[2] == "supplementary") values <- c(values, t(r$quali.sup$coord), t(r$quali.sup$cos2), t(r$quali.sup$v.test), t(r$quali.sup$eta2), t(r$quanti.sup$coord))
    writeBin(as.numeric(values), word[3])
    cat("done\n")
  } else {
    clock <- Sys.time()
    tasks[[word[1]]]()
    cat(as.numeric(Sys.time() - clock, units = "secs") * 1000, "\n")
  }
  flush(stdout())
}
