/**
 * Tables in CSV files as data: {@link sluice.tasks.csv.CsvData} says which files, which columns, and what to do about
 * scales and missing cells; out comes a data set to be split by its classes, or a sequence of tasks.
 *
 * <p>Files are UTF-8 (a byte order mark is skipped) with commas between cells, a header, and any line ends. A cell may
 * stand in double quotes, which are doubled inside; spaces around a cell are not part of it. Empty lines are skipped.
 * Every mistake is an {@link sluice.tasks.InputException} of one line that names file, line and column.
 */
package sluice.tasks.csv;
