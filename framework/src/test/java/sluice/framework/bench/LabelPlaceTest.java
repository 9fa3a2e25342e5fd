package sluice.framework.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPlaceTest {
    private static final Rectangle2D PAGE = new Rectangle2D.Double(0, 0, 400, 300);

    @Test
    void labelsOfDotsInOnePlaceDoNotOverlapAndStayOnThePage() {
        List<Rectangle2D> taken = new ArrayList<>(List.of(new Rectangle2D.Double(195, 145, 10, 10)));

        for (int label = 0; label < 12; label++) {
            Rectangle2D place = LabelPlace.beside(200, 150, 60, 11, taken, PAGE);
            assertThat(taken).noneMatch(place::intersects);
            assertThat(PAGE.contains(place)).isTrue();
            taken.add(place);
        }
    }

    @Test
    void aLabelAtTheRightEdgeGoesToTheLeft() {
        Rectangle2D place = LabelPlace.beside(390, 150, 60, 11, List.of(), PAGE);

        assertThat(place.getMaxX()).isLessThan(390);
    }

    @Test
    void aLabelThatBarelyHasNoRoomMovesBarely() {
        Rectangle2D right = new Rectangle2D.Double(205, 140, 100, 20);
        Rectangle2D below = new Rectangle2D.Double(100, 155, 60, 11);

        Rectangle2D place = LabelPlace.beside(200, 150, 60, 11, List.of(right, below), PAGE);

        assertThat(place.getMaxX()).isEqualTo(193);
        assertThat(place.getCenterY()).isBetween(146.0, 149.5);
    }
}
