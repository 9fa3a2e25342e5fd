package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HerdingTest {
    private final List<float[]> members = members();

    @Test
    void theMeanOfTheHerdIsNearerToTheMeanOfAllThanThatOfOthers() {
        int[] first = new int[10];
        for (int i = 0; i < first.length; i++) {
            first[i] = i;
        }

        int[] herd = Herding.choose(members, 10);

        assertThat(distance(herd)).isLessThan(0.3 * distance(first));
    }

    @Test
    void eachIsChosenOnceAndAShorterHerdIsTheBeginningOfALongerOne() {
        int[] all = Herding.choose(members, 1000);
        int[] few = Herding.choose(members, 5);

        assertThat(all).hasSize(members.size()).doesNotHaveDuplicates();
        assertThat(few).containsExactly(all[0], all[1], all[2], all[3], all[4]);
    }

    private double distance(int[] chosen) {
        float[] ofAll = new float[8];
        members.forEach(member -> Herding.add(ofAll, member));
        Herding.scale(ofAll);
        float[] ofChosen = new float[8];
        for (int member : chosen) {
            Herding.add(ofChosen, members.get(member));
        }
        Herding.scale(ofChosen);
        double square = 0;
        for (int i = 0; i < ofAll.length; i++) {
            square += Math.pow(ofChosen[i] - ofAll[i], 2);
        }
        return Math.sqrt(square);
    }

    /** Vectors of length 1 that point about the same way. */
    private static List<float[]> members() {
        SplittableRandom random = new SplittableRandom(6);
        List<float[]> members = new ArrayList<>();
        for (int m = 0; m < 60; m++) {
            float[] member = new float[8];
            for (int i = 0; i < member.length; i++) {
                member[i] = (float) (1 + 0.3 * random.nextGaussian());
            }
            Herding.scale(member);
            members.add(member);
        }
        return members;
    }
}
