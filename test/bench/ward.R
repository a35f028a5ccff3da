# Peer of ward.mjs: HCPC of coordinates, without graph nor description. "read <file> <axes>", "write <file>" (losses, lowest first), "run" (milliseconds).
suppressMessages(library(FactoMineR))
input <- file("stdin", "r")
analysis <- NULL
classes <- function() HCPC(analysis, nb.clust = -1, graph = FALSE, description = FALSE, order = FALSE)
while (length(line <- readLines(input, 1)) > 0) {
  word <- strsplit(line, " ")[[1]]
  if (word[1] == "read") {
    axes <- as.integer(word[3])
    values <- readBin(word[2], "double", file.size(word[2]) / 8)
    analysis <- PCA(as.data.frame(matrix(values, ncol = axes, byrow = TRUE)), scale.unit = FALSE, ncp = axes, graph = FALSE)
    cat(as.character(packageVersion("FactoMineR")), "\n")
  } else if (word[1] == "write") {
    writeBin(sort(classes()$call$t$inert.gain), word[2])
    cat("done\n")
  } else {
    clock <- Sys.time()
    classes()
    cat(as.numeric(Sys.time() - clock, units = "secs") * 1000, "\n")
  }
  flush(stdout())
}
