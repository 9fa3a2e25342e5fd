/**
 * The built-in data set {@code digits}: handwritten-looking digits 0 to 9, drawn by the program itself, so that an
 * experiment needs no download.
 *
 * <p>{@link sluice.tasks.digits.Digits} takes sizes and a seed and gives a {@link sluice.tasks.DataSet} in MNIST's shape
 * and range. A digit goes from a pen path ({@code Glyphs}, {@code Stroke}) through a writer's hand ({@code Hand},
 * {@code Warp}) onto pixels ({@code Canvas}). Arithmetic is the same on every machine: IEEE double, {@link StrictMath},
 * and a random generator of its own.
 */
package sluice.tasks.digits;
