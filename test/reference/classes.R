# Expected values of Ward's trees, their cuts, consolidations and descriptions: FactoMineR's HCPC and catdes, flashClust, hclust.
# Run from the project folder: Rscript test/reference/classes.R
# The classic sets are read from the shared data when they are there; their values go in the JSON, not their rows.
source("test/reference/json.R")
suppressMessages(library(FactoMineR))
set.seed(20261124)

row_major <- function(m) as.numeric(t(as.matrix(m)))
shared <- "../shared/data"

# --- HCPC of coordinates with row weights: a PCA that only turns them, so that losses are those of the coordinates. Order off: rows stay in place.
hcpc <- function(coordinates, weights = NULL, ...) {
  frame <- as.data.frame(coordinates)
  turned <- if (is.null(weights)) PCA(frame, scale.unit = FALSE, ncp = Inf, graph = FALSE) else PCA(frame, scale.unit = FALSE, ncp = Inf, graph = FALSE, row.w = weights)
  HCPC(turned, graph = FALSE, description = FALSE, order = FALSE, ...)
}
rule_2_14 <- function(gain, min, max) which.max(gain[(min - 1):(max - 1)] / gain[min:max]) + min - 1
tree_of <- function(r, gains = TRUE) {
  t <- r$call$t
  list(gains = if (isTRUE(gains)) t$inert.gain else t$inert.gain[gains], count = unbox(length(t$inert.gain)), total = unbox(sum(t$inert.gain)),
    quotients = t$quot, rule27 = unbox(t$nb.clust), rule214 = unbox(rule_2_14(t$inert.gain, r$call$min, r$call$max)), min = unbox(r$call$min), max = unbox(r$call$max))
}
consolidated <- function(r, classes = TRUE) {
  out <- list(before = unbox(r$call$bw.before.consol), after = unbox(r$call$bw.after.consol), classes = unbox(nlevels(r$data.clust$clust)))
  if (classes) out$labels <- as.integer(r$data.clust$clust)
  out
}

# --- Our own: three loose groups in four dimensions; equal masses, then masses; rows repeated.
n <- 90
centres <- matrix(rnorm(12, sd = 2), 3)
coordinates <- round(centres[sample(3, n, TRUE), ] + matrix(rnorm(4 * n), n), 4)
masses <- round(runif(n, 0.2, 6), 3)
equal <- hcpc(coordinates, nb.clust = -1)
equal_cut <- function(k) as.integer(hcpc(coordinates, nb.clust = k, consol = FALSE)$data.clust$clust)
weighted <- hcpc(coordinates, masses, nb.clust = -1, consol = FALSE)
times <- sample(1:4, n, TRUE)
repeated <- hcpc(coordinates[rep(1:n, times), ], nb.clust = -1, consol = FALSE)
own <- list(
  dimensions = unbox(4), coordinates = row_major(coordinates), masses = masses, times = times,
  equal = tree_of(equal), consolidated = consolidated(equal), cuts = lapply(2:7, equal_cut),
  weighted = c(tree_of(weighted), list(labels = as.integer(weighted$data.clust$clust))),
  repeated = tree_of(repeated),
  wardD2 = hclust(dist(coordinates), "ward.D2")$height)

# --- catdes. Every answer and number is kept (proba = 1); v-tests that R cannot write are null.
described <- function(frame, proba = 1) {
  r <- catdes(frame, 1, proba = proba)
  traits <- function(x) lapply(x, function(m) if (is.null(m)) list(names = character(0), values = numeric(0)) else list(names = rownames(m), values = row_major(m)))
  list(chi = list(names = rownames(r$test.chi2), values = row_major(r$test.chi2)), category = unname(traits(r$category)),
    eta = list(names = rownames(r$quanti.var), values = row_major(r$quanti.var)), quanti = unname(traits(r$quanti)))
}
people <- 300
class <- factor(sample(c("a", "b", "c", "d"), people, TRUE, c(0.4, 0.3, 0.2, 0.1)))
skewed <- function(levels, pull) factor(vapply(as.integer(class), function(k) sample(levels, 1, prob = 1 + pull * (seq_along(levels) == 1 + k %% length(levels))), ""), levels = levels)
answers <- data.frame(class, cinema = skewed(c("jamais", "parfois", "souvent"), 3), musee = skewed(c("non", "oui"), 1), sport = skewed(c("aucun", "un", "deux", "plus"), 0.4))
answers$sport[sample(people, 40)] <- NA
answers$heures <- round(rnorm(people, 10 + as.integer(class)), 2)
answers$age <- round(runif(people, 15, 90))
catdes_own <- list(
  class = as.integer(class) - 1, levels = lapply(answers[2:4], levels),
  codes = lapply(answers[2:4], function(x) ifelse(is.na(x), -1, as.integer(x) - 1)),
  heures = answers$heures, age = answers$age, result = described(answers))

out <- list(versions = list(R = unbox(as.character(getRversion())), FactoMineR = unbox(as.character(packageVersion("FactoMineR"))), flashClust = unbox(as.character(packageVersion("flashClust")))),
  own = own, catdes = catdes_own)

# --- Classic sets: MCA, then HCPC on its axes.
if (dir.exists(shared)) {
  tea <- read.csv(file.path(shared, "reference/statistics/tea.csv"), stringsAsFactors = TRUE)
  poison <- read.csv(file.path(shared, "reference/statistics/poison.csv"), stringsAsFactors = TRUE)
  classic <- function(frame, ncp, ...) {
    analysis <- MCA(frame, ncp = ncp, graph = FALSE)
    r <- HCPC(analysis, nb.clust = -1, graph = FALSE, description = FALSE, order = FALSE, ...)
    list(ncp = unbox(ncp), tree = tree_of(r), consolidated = consolidated(r, FALSE), sizes = as.integer(table(r$data.clust$clust)))
  }
  out$tea <- classic(tea[, 1:18], 5)
  out$poison <- classic(poison[, 3:15], 5)
  hobbies <- read.csv(file.path(shared, "insee_enquetes_loisirs/hobbies.csv"), stringsAsFactors = TRUE, check.names = FALSE)
  # Coordinates without the symmetries of closed questions, so that no two losses are equal and there is one tree: sines of sums of the answers.
  scores <- vapply(1:6, function(s) sin(as.vector(as.matrix(hobbies[, 1:18]) %*% cos((1:18) * s))), numeric(nrow(hobbies)))
  curved <- HCPC(as.data.frame(scores), nb.clust = -1, graph = FALSE, description = FALSE, order = FALSE)
  out$hobbies <- list(curved = tree_of(curved, c(1:40, seq(50, 5000, 50))), consolidated = consolidated(curved, FALSE), sizes = as.integer(table(curved$data.clust$clust)))
  # On its own axes, closed questions make ties: HCPC's tree is one among several. Three classes, consolidated.
  axes <- MCA(data.frame(lapply(hobbies[, 1:18], factor)), ncp = 6, graph = FALSE)
  three <- HCPC(axes, nb.clust = 3, graph = FALSE, description = FALSE, order = FALSE)
  out$hobbies$three <- c(consolidated(three, FALSE), list(sizes = as.integer(table(three$data.clust$clust))))
  # Classes that do not depend on a tree: by number of practices.
  band <- cut(hobbies$nb.activitees, c(-1, 4, 8, 20), labels = c("peu", "moyen", "beaucoup"))
  frame <- data.frame(band, lapply(hobbies[, 1:18], factor), hobbies[, 19:22], nb = hobbies$nb.activitees, check.names = FALSE)
  out$hobbies$description <- described(frame)
}
write_json(out, "test/reference/classes.json")
