package sluice.tasks.digits;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pen draws between touching the paper and leaving it: knots that it passes in order. It passes smoothly
 * (centripetal Catmull-Rom spline), except at corners, where it turns at once.
 *
 * @param knots at least 2, in a box of 100 by 100 with the origin at the upper left
 */
record Stroke(ImmutableList<Knot> knots) {
    /** The longest step between two points of a path, in hundredths of the box. */
    private static final double STEP = 7;

    /** Share of a knot's miss that is carried on to the next; with what is renewed the variance stays the same. */
    private static final double CARRIED = 0.5;

    private static final double RENEWED = Math.sqrt(1 - CARRIED * CARRIED);

    /**
     * A place that the pen passes.
     *
     * @param place where
     * @param corner whether it turns there at once
     */
    record Knot(Point place, boolean corner) {
        private static Knot parse(String text) {
            boolean corner = text.endsWith("!");
            String[] xy = (corner ? text.substring(0, text.length() - 1) : text).split(",", -1);
            return new Knot(new Point(Integer.parseInt(xy[0]), Integer.parseInt(xy[1])), corner);
        }
    }

    /**
     * A stroke from its description.
     *
     * @param text knots {@code x,y} separated by blanks, corners marked by a {@code !}: {@code "10,5 90,5! 40,100"}
     */
    static Stroke parse(String text) {
        ImmutableList.Builder<Knot> knots = ImmutableList.builder();
        for (String knot : text.split(" ", -1)) {
            knots.add(Knot.parse(knot));
        }
        return new Stroke(knots.build());
    }

    /**
     * The same stroke by a hand that does not hit every knot. A miss is half carried on to the next knot, so that the
     * line stays smooth.
     *
     * @param sigma deviation of a knot from its place, per axis
     */
    Stroke jittered(double sigma, RandomStream random) {
        double dx = sigma * random.bell();
        double dy = sigma * random.bell();
        ImmutableList.Builder<Knot> moved = ImmutableList.builderWithExpectedSize(knots.size());
        for (Knot knot : knots) {
            moved.add(new Knot(knot.place().plus(dx, dy), knot.corner()));
            dx = CARRIED * dx + RENEWED * sigma * random.bell();
            dy = CARRIED * dy + RENEWED * sigma * random.bell();
        }
        return new Stroke(moved.build());
    }

    /** {@return the pen's path, in steps short enough to look smooth} */
    List<Point> path() {
        List<Point> path = new ArrayList<>();
        path.add(knots.get(0).place());
        int start = 0;
        for (int i = 1; i < knots.size(); i++) {
            if (knots.get(i).corner() || i == knots.size() - 1) {
                appendSmooth(start, i, path);
                start = i;
            }
        }
        return path;
    }

    private void appendSmooth(int start, int end, List<Point> path) {
        for (int i = start; i < end; i++) {
            Point p1 = place(i);
            Point p2 = place(i + 1);
            Point p0 = i == start ? p2.towards(p1, 2) : place(i - 1);
            Point p3 = i + 1 == end ? p1.towards(p2, 2) : place(i + 2);
            int steps = 1 + (int) (p1.distance(p2) / STEP);
            for (int s = 1; s <= steps; s++) {
                path.add(catmullRom(p0, p1, p2, p3, (double) s / steps));
            }
        }
    }

    private Point place(int index) {
        return knots.get(index).place();
    }

    /** Barry and Goldman's pyramid, with knot times that grow by the square root of the distance; u = 0 at p1, 1 at p2. */
    private static Point catmullRom(Point p0, Point p1, Point p2, Point p3, double u) {
        double t1 = interval(p0, p1);
        double t2 = t1 + interval(p1, p2);
        double t3 = t2 + interval(p2, p3);
        double t = t1 + u * (t2 - t1);
        Point a1 = p0.towards(p1, t / t1);
        Point a2 = p1.towards(p2, (t - t1) / (t2 - t1));
        Point a3 = p2.towards(p3, (t - t2) / (t3 - t2));
        Point b1 = a1.towards(a2, t / t2);
        Point b2 = a2.towards(a3, (t - t1) / (t3 - t1));
        return b1.towards(b2, (t - t1) / (t2 - t1));
    }

    private static double interval(Point from, Point to) {
        return Math.sqrt(from.distance(to)) + 1e-6;
    }
}
