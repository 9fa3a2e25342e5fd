package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.plain.NearestMeans;

class HerdingTest {
    private final List<float[]> members = members();

    @Test
    void eachBringsTheMeanOfTheHerdAsNearToTheMeanOfAllAsAnyOtherWould() {
        int[] herd = Herding.choose(members, 10);

        for (int k = 1; k <= herd.length; k++) {
            int[] chosen = Arrays.copyOf(herd, k);
            double least = distance(chosen);
            for (int other = 0; other < members.size(); other++) {
                chosen[k - 1] = other;
                if (Ints.indexOf(herd, other) == -1) {
                    assertThat(distance(chosen)).isGreaterThanOrEqualTo(least - 1e-6);
                }
            }
        }
    }

    @Test
    void eachIsChosenOnceAndAShorterHerdIsTheBeginningOfALongerOne() {
        int[] all = Herding.choose(members, 1000);
        int[] few = Herding.choose(members, 5);

        assertThat(all).hasSize(members.size()).doesNotHaveDuplicates();
        assertThat(few).containsExactly(all[0], all[1], all[2], all[3], all[4]);
    }

    private double distance(int[] chosen) {
        float[] mean = new float[8];
        members.forEach(member -> Herding.add(mean, member));
        NearestMeans.scale(mean);
        double square = 0;
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (int member : chosen) {
                sum += members.get(member)[i];
            }
            square += Math.pow(sum / chosen.length - mean[i], 2);
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
            NearestMeans.scale(member);
            members.add(member);
        }
        return members;
    }
}
