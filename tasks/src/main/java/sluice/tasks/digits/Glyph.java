package sluice.tasks.digits;

import com.google.common.collect.ImmutableList;

/**
 * One way to write a digit.
 *
 * @param weight how common it is among the ways to write its digit, at least 1
 * @param strokes what the pen draws, in order
 */
record Glyph(int weight, ImmutableList<Stroke> strokes) {
    /** A glyph from the descriptions of its strokes, as {@link Stroke#parse} reads them. */
    static Glyph of(int weight, String... strokes) {
        ImmutableList.Builder<Stroke> parsed = ImmutableList.builder();
        for (String stroke : strokes) {
            parsed.add(Stroke.parse(stroke));
        }
        return new Glyph(weight, parsed.build());
    }
}
