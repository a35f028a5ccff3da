# Writes lists, data frames and vectors as JSON with all digits (base R only). A vector of one element stays an array unless `unbox`ed.
unbox <- function(x) structure(x, unboxed = TRUE)
json_scalar <- function(x) {
  if (is.character(x)) return(ifelse(is.na(x), "null", encodeString(x, quote = '"')))
  if (is.logical(x)) return(ifelse(is.na(x), "null", tolower(as.character(x))))
  ifelse(is.na(x), "null", ifelse(is.infinite(x), ifelse(x > 0, '"Infinity"', '"-Infinity"'), formatC(x, digits = 17, format = "g", width = 1)))
}
to_json <- function(x) {
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(vapply(x, to_json, ""), collapse = ",\n"), "]"))
    return(paste0("{", paste0('"', names(x), '":', vapply(x, to_json, ""), collapse = ", "), "}"))
  }
  if (isTRUE(attr(x, "unboxed"))) return(json_scalar(as.vector(x)))
  paste0("[", paste(json_scalar(x), collapse = ","), "]")
}
write_json <- function(x, file) {
  draft <- paste0(file, ".tmp")
  writeLines(to_json(x), draft)
  invisible(file.rename(draft, file))
}
