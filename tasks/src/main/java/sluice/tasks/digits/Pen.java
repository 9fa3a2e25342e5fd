package sluice.tasks.digits;

/**
 * A pen and how hard it is pressed.
 *
 * @param radius half the width of its line, in pixels
 * @param taper share of the radius that is gained (below 0: lost) from the start to the end of a stroke
 * @param edge over how many pixels the ink fades at the edge: 1 is sharp, more is blurred
 * @param ink brightness of the full line, in [0, 1]
 * @param grain deviation of the brightness from pixel to pixel, relative to it
 */
record Pen(double radius, double taper, double edge, double ink, double grain) {
    /** A pen as one meets them. */
    static Pen random(RandomStream random) {
        return new Pen(
                random.uniform(0.75, 1.75),
                0.15 * random.bell(),
                random.uniform(1.0, 1.9),
                random.uniform(0.8, 1.0),
                random.uniform(0, 0.08));
    }

    /** The radius a share {@code t}, in [0, 1], along a stroke; at least half of the mean one. */
    double radiusAt(double t) {
        return radius * Math.max(0.5, 1 + taper * (2 * t - 1));
    }
}
