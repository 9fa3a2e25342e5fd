package sluice.framework.bench;

import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds room for the labels of dots. */
final class LabelPlace {
    private static final double GAP = 7;
    private static final int STEPS = 60;
    /** Height of a label that places differ by. */
    private static final double STEP = 0.1;

    private LabelPlace() {}

    /**
     * The place nearest to a dot, to the right or the left of it or above or below, that nothing is on yet.
     *
     * @param x of the dot
     * @param y of the dot
     * @param width of the label
     * @param height of the label
     * @param taken by dots and labels
     * @param page that labels stay on
     * @return the place; one that overlaps the least if there is no room
     */
    static Rectangle2D beside(
            double x, double y, double width, double height, List<Rectangle2D> taken, Rectangle2D page) {
        List<Rectangle2D> places = IntStream.rangeClosed(0, STEPS)
                .boxed()
                .flatMap(step -> Stream.of(step, -step))
                .flatMap(step -> {
                    double top = y - height / 2 + step * height * STEP;
                    return Stream.of(
                            new Rectangle2D.Double(x + GAP, top, width, height),
                            new Rectangle2D.Double(x - GAP - width, top, width, height),
                            new Rectangle2D.Double(x - width / 2, top, width, height));
                })
                .filter(page::contains)
                .map(Rectangle2D.class::cast)
                .toList();
        return places.stream()
                .min(Comparator.<Rectangle2D>comparingDouble(place -> overlap(place, taken))
                        .thenComparingDouble(place -> Math.max(GAP, distance(x, y, place))))
                .orElseGet(() -> new Rectangle2D.Double(x + GAP, y - height / 2, width, height));
    }

    private static double distance(double x, double y, Rectangle2D place) {
        double beside = Math.max(0, Math.max(place.getMinX() - x, x - place.getMaxX()));
        double above = Math.max(0, Math.max(place.getMinY() - y, y - place.getMaxY()));
        return Math.hypot(beside, above);
    }

    private static double overlap(Rectangle2D place, List<Rectangle2D> taken) {
        return taken.stream()
                .filter(place::intersects)
                .map(place::createIntersection)
                .mapToDouble(both -> both.getWidth() * both.getHeight())
                .sum();
    }
}
