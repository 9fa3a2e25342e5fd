package sluice.tasks.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrokeTest {
    @Test
    void aPathPassesEveryKnotInOrder() {
        Stroke stroke = Stroke.parse("10,20 40,0 80,30! 20,90");

        List<Point> path = stroke.path();

        int last = -1;
        for (Stroke.Knot knot : stroke.knots()) {
            int nearest = nearest(path, knot.place());
            assertThat(path.get(nearest).distance(knot.place())).isLessThan(1e-9);
            assertThat(nearest).isGreaterThan(last);
            last = nearest;
        }
    }

    @Test
    void aPathGoesInShortSteps() {
        List<Point> path = Stroke.parse("54,1 8,50 50,100 93,50 48,2").path();

        for (int i = 1; i < path.size(); i++) {
            assertThat(path.get(i).distance(path.get(i - 1))).isLessThan(14);
        }
    }

    @Test
    void aPathBendsAtASmoothKnotAndTurnsAtACorner() {
        double smooth = sharpestTurn(Stroke.parse("0,0 50,0 50,50").path());
        double corner = sharpestTurn(Stroke.parse("0,0 50,0! 50,50").path());

        assertThat(smooth).isLessThan(Math.toRadians(60));
        assertThat(corner).isGreaterThan(Math.toRadians(89));
    }

    @Test
    void aSteadyHandHitsEveryKnot() {
        Stroke stroke = Stroke.parse("10,20 40,0! 80,30");

        assertThat(stroke.jittered(0, new RandomStream(1))).isEqualTo(stroke);
    }

    @Test
    void anUnsteadyHandMissesByItsDeviationAndKeepsCorners() {
        Stroke stroke = Stroke.parse("10,20 40,0! 80,30");
        RandomStream random = new RandomStream(1);

        double square = 0;
        for (int i = 0; i < 2000; i++) {
            Stroke jittered = stroke.jittered(3, random);
            Stroke.Knot last = jittered.knots().get(2);
            square += Math.pow(last.place().x() - 80, 2) / 2000;
            assertThat(jittered.knots().get(1).corner()).isTrue();
        }

        assertThat(Math.sqrt(square)).isBetween(2.8, 3.2);
    }

    private static int nearest(List<Point> path, Point place) {
        int nearest = 0;
        for (int i = 1; i < path.size(); i++) {
            if (path.get(i).distance(place) < path.get(nearest).distance(place)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static double sharpestTurn(List<Point> path) {
        double sharpest = 0;
        for (int i = 2; i < path.size(); i++) {
            double turn = direction(path.get(i - 1), path.get(i)) - direction(path.get(i - 2), path.get(i - 1));
            sharpest = Math.max(sharpest, Math.abs(Math.IEEEremainder(turn, 2 * Math.PI)));
        }
        return sharpest;
    }

    private static double direction(Point from, Point to) {
        return Math.atan2(to.y() - from.y(), to.x() - from.x());
    }
}
