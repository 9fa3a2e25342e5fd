package sluice.tasks.digits;

/**
 * A point of the plane.
 *
 * @param x to the right
 * @param y downwards
 */
record Point(double x, double y) {
    /** This point moved. */
    Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }

    /** The distance to another point. */
    double distance(Point other) {
        double dx = x - other.x;
        double dy = y - other.y;
        return Math.sqrt(dx * dx + dy * dy);
    }

    /** The point a share {@code t} of the way to another; beyond them for t outside [0, 1]. */
    Point towards(Point other, double t) {
        return new Point(x + t * (other.x - x), y + t * (other.y - y));
    }
}
