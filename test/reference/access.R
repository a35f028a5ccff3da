# Expected values of accessibility measures, by R accessibility (ipeaGIT, 1.4.0.9000: the development version has the constrained family).
#   Rscript test/reference/access.R [OUT.json [FOLDER]]
# Without FOLDER: on the invented matrix below, whose numbers come from whole-number formulas that access.py and the tests repeat. FOLDER: travel_matrix.csv.gz and
# land_use_data.csv. ACCESSIBILITY_R may name a folder that holds the R files of the package, when it is not installed.
suppressPackageStartupMessages({ library(data.table) })
arguments <- commandArgs(trailingOnly = TRUE)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "json.R"))
package_folder <- Sys.getenv("ACCESSIBILITY_R")
if (nzchar(package_folder)) for (f in list.files(package_folder, "\\.R$", full.names = TRUE)) source(f) else library(accessibility)
options(warn = -1)

if (length(arguments) < 2) {
  n <- 40
  at <- CJ(i = 0:(n - 1), j = 0:(n - 1))
  at[, travel_time := ((i * 37 + j * 101 + i * j * 7) %% 121) / 2]
  at <- at[!(i == 39 | (i != j & (i + 2 * j) %% 9 == 0))]
  tm <- at[, .(from_id = sprintf("p%02d", i), to_id = sprintf("p%02d", j), travel_time)]
  k <- 0:(n - 1)
  population <- ifelse(k %% 11 == 0, 0, (k * 53) %% 211 + 1)
  lu <- data.table(id = sprintf("p%02d", k), population = population, jobs = ifelse(k %% 7 == 0, 0, (k * 29) %% 97),
    schools = (k %% 5 == 0) * (k %% 3 + 1), income_per_capita = ifelse(population == 0, NA, ((k * 17) %% 23) * 100 + 500), income_decile = k %% 4 + 1)
} else {
  tm <- fread(cmd = paste("gzip -dc", shQuote(file.path(arguments[2], "travel_matrix.csv.gz"))))
  lu <- fread(file.path(arguments[2], "land_use_data.csv"))
}
# A second cost, so that limits on two costs can be tried.
tm2 <- copy(tm)[, fare := ((round(travel_time * 10) * 7) %% 500) / 10]
# In the order of the land use; `fill` where the table has no such row. A row that the package gives as NaN stays so (null in JSON).
by_id <- function(table, column, fill = 0) { row <- match(lu$id, table$id); v <- as.numeric(table[[column]][row]); v[is.na(row)] <- fill; v }
out <- list()
put <- function(name, values) out[[name]] <<- values
grav <- function(decay, opportunity = "jobs", active = TRUE) gravity(tm, lu, opportunity, "travel_time", decay, active = active)

put("cumulative 30", by_id(cumulative_cutoff(tm, lu, "jobs", "travel_time", 30), "jobs"))
two <- cumulative_cutoff(tm, lu, "jobs", "travel_time", c(15, 45.5))
put("cumulative 15", by_id(two[travel_time == 15], "jobs"))
put("cumulative 45.5", by_id(two[travel_time == 45.5], "jobs"))
put("cumulative schools 30", by_id(cumulative_cutoff(tm, lu, "schools", "travel_time", 30), "schools"))
put("cumulative passive 30", by_id(cumulative_cutoff(tm, lu, "population", "travel_time", 30, active = FALSE), "population"))
both <- cumulative_cutoff(tm2, lu, "jobs", c("travel_time", "fare"), list(c(20, 40), c(10, 25)))
put("cumulative 40 and 10", by_id(both[travel_time == 40 & fare == 10], "jobs"))
put("cumulative 20 and 25", by_id(both[travel_time == 20 & fare == 25], "jobs"))
put("interval median 40-60", by_id(cumulative_interval(tm, lu, "jobs", "travel_time", c(40, 60)), "jobs"))
put("interval mean 40-60", by_id(cumulative_interval(tm, lu, "jobs", "travel_time", c(40, 60), summary_function = mean), "jobs"))
put("interval passive 20-45 by 5", by_id(cumulative_interval(tm, lu, "population", "travel_time", c(20, 45), 5, active = FALSE), "population"))
for (b in c(0.2, 0.5, 0.6)) put(paste("gravity exponential", b), by_id(grav(decay_exponential(b)), "jobs"))
put("gravity power 1.5", by_id(grav(decay_power(1.5)), "jobs"))
put("gravity linear 45", by_id(grav(decay_linear(45)), "jobs"))
put("gravity logistic 30 5", by_id(grav(decay_logistic(30, 5)), "jobs"))
put("gravity stepped", by_id(grav(decay_stepped(c(10, 20, 30), c(0.67, 0.33, 0))), "jobs"))
put("gravity binary 45", by_id(grav(decay_binary(45)), "jobs"))
put("gravity custom", by_id(grav(function(cost) 1 / (1 + cost)), "jobs"))
put("gravity passive", by_id(grav(decay_exponential(0.2), "population", FALSE), "population"))
near <- cost_to_closest(tm, lu, "schools", "travel_time", n = c(1, 2))
put("closest school 1", by_id(near[n == 1], "travel_time", Inf))
put("closest school 2", by_id(near[n == 2], "travel_time", Inf))
put("closest 200 jobs", by_id(cost_to_closest(tm, lu, "jobs", "travel_time", n = 200), "travel_time", Inf))
put("closest passive 100", by_id(cost_to_closest(tm, lu, "population", "travel_time", n = 100, active = FALSE), "travel_time", Inf))
# NA is its sign for never balanced.
never <- function(v) ifelse(is.na(v), Inf, v)
put("balancing", never(by_id(balancing_cost(tm, lu, "jobs", "travel_time", "population"), "travel_time", Inf)))
put("balancing people 5", never(by_id(balancing_cost(tm, lu, "population", "travel_time", "jobs", cost_increment = 5), "travel_time", Inf)))
fca <- function(method, decay, opportunity = "jobs") by_id(floating_catchment_area(tm, lu, opportunity, "travel_time", "population", method, decay), opportunity)
put("2sfca 50", fca("2sfca", decay_binary(50)))
put("2sfca 45", fca("2sfca", decay_binary(45), "schools"))
put("e2sfca stepped", fca("2sfca", decay_stepped(c(10, 20, 60), c(0.68, 0.22, 0))))
put("e2sfca exponential", fca("2sfca", decay_exponential(0.05)))
put("bfca exponential", fca("bfca", decay_exponential(0.05)))
put("bfca schools", fca("bfca", decay_exponential(0.1), "schools"))
sa <- function(alpha, opportunity = "jobs") by_id(spatial_availability(tm, lu, opportunity, "travel_time", "population", decay_exponential(0.1), alpha), opportunity)
put("spatial availability", sa(1))
put("spatial availability 0.5", sa(0.5, "schools"))
family <- function(constraint, active, column) {
  result <- constrained_accessibility(tm, lu, "travel_time", demand = "population", supply = "jobs", constraint = constraint, decay_function = decay_exponential(0.1), active = active)
  setnames(result, c("id", "value"))
  by_id(result, "value")
}
total <- function(active) {
  result <- if (active) total_constrained(tm, lu, "travel_time", decay_exponential(0.1), active = TRUE, supply = "jobs") else total_constrained(tm, lu, "travel_time", decay_exponential(0.1), active = FALSE, demand = "population")
  setnames(result, c("id", "value"))
  by_id(result, "value")
}
put("total constrained", total(TRUE))
put("total constrained passive", total(FALSE))
put("singly constrained", family("singly", TRUE))
put("singly constrained passive", family("singly", FALSE))

# Doubly constrained: plain iterative proportional fitting on a full matrix. The package's own fills an incomplete or asymmetric matrix wrongly, and adds 1e-9 to its
# denominators, which moves small flows by several per cent. Mean time of each origin's flows.
# Places tied to more than twenty others only: an isolated place cannot meet its margin.
count_of <- function(ids) { n <- table(ids)[lu$id]; ifelse(is.na(n), 0, n) }
people <- as.numeric(lu$population) * (count_of(tm$from_id) > 20)
posts <- as.numeric(lu$jobs) * (count_of(tm$to_id) > 20)
posts <- posts * sum(people) / sum(posts)
f <- matrix(0, nrow(lu), nrow(lu)); cost <- f
f[cbind(match(tm$from_id, lu$id), match(tm$to_id, lu$id))] <- exp(-0.1 * tm$travel_time)
cost[cbind(match(tm$from_id, lu$id), match(tm$to_id, lu$id))] <- tm$travel_time
b <- rep(1, nrow(lu))
for (turn in 1:3000) { a <- ifelse(people > 0, 1 / as.vector(f %*% (b * posts)), 0); b <- ifelse(posts > 0, 1 / as.vector(crossprod(f, a * people)), 0)
  gap <- sum(abs(people - a * people * as.vector(f %*% (b * posts)))) / sum(people); if (gap < 1e-13) break }
flow <- outer(a * people, b * posts) * f
put("doubly constrained mean cost", ifelse(people > 0, rowSums(flow * cost) / people, 0))

# Inequality, on rows in the order of the land use.
access <- data.table(id = lu$id, jobs = out[["cumulative 45.5"]])
ineq <- list()
ineq$palma <- palma_ratio(access, lu, "jobs", "population", "income_per_capita")[[1]]
ineq$gini <- gini_index(access, lu, "jobs", "population")[[1]]
ineq$concentration <- concentration_index(access, lu, "jobs", "population", "income_per_capita", "standard")[[1]]
ineq$corrected <- concentration_index(access, lu, "jobs", "population", "income_per_capita", "corrected")[[1]]
some <- access[jobs > 0 & lu$population > 0]
ineq$theil <- theil_t(some, lu, "jobs", "population")[[1]]
split <- theil_t(some, lu, "jobs", "population", "income_decile")
ineq$between <- split$summary[component == "between_group"]$value
ineq$within <- split$summary[component == "within_group"]$value
ineq$group_within <- split$within_group_component$value
ineq$group_between <- split$between_group_component$value
line <- sum(access$jobs * lu$population) / sum(lu$population)
fgt <- fgt_poverty(access, lu, "jobs", "population", line)
ineq$fgt0 <- fgt$FGT0; ineq$fgt1 <- fgt$FGT1; ineq$fgt2 <- fgt$FGT2
version <- if (nzchar(package_folder)) "1.4.0.9000 (dfde37a)" else as.character(packageVersion("accessibility"))
write_json(list(versions = list(R = unbox(paste(R.version$major, R.version$minor, sep = ".")), accessibility = unbox(version), data.table = unbox(as.character(packageVersion("data.table"))),
  Hmisc = unbox(as.character(packageVersion("Hmisc")))), measures = out, inequality = ineq), if (length(arguments) > 0) arguments[1] else file.path(here, "access.json"))
