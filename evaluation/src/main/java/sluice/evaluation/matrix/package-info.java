/**
 * Accuracy matrices of any system: text goes in ({@link sluice.evaluation.matrix.MatrixFile}), as grids or as a line per cell,
 * with whatever stands between cells; accuracy matrices come out, with a line that says how the text was read. What can be
 * read in two ways is refused, with both readings and how to choose ({@link sluice.evaluation.matrix.MatrixOptions}).
 */
package sluice.evaluation.matrix;
