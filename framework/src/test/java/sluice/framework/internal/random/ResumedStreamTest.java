package sluice.framework.internal.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A stream has the numbers of the JDK's, and goes on from where it was. */
class ResumedStreamTest {
    @Property
    void hasTheNumbersOfSplittableRandom(@ForAll long seed) {
        SplittableRandom known = new SplittableRandom(seed);
        RandomStream stream = new RandomStream(seed);
        for (int i = 1; i < 200; i++) {
            assertThat(stream.nextLong()).isEqualTo(known.nextLong());
            assertThat(stream.nextInt()).isEqualTo(known.nextInt());
            assertThat(stream.nextInt(i)).isEqualTo(known.nextInt(i));
            assertThat(stream.nextDouble()).isEqualTo(known.nextDouble());
            assertThat(stream.nextFloat()).isEqualTo(known.nextFloat());
            assertThat(stream.nextGaussian()).isEqualTo(known.nextGaussian());
            assertThat(stream.nextBoolean()).isEqualTo(known.nextBoolean());
        }
    }

    @Property
    void goesOnFromWhereItWas(@ForAll long seed) {
        RandomStream stream = new RandomStream(seed);
        stream.nextGaussian();
        RandomStream other = new RandomStream(0);
        other.position(stream.position());

        assertThat(other.nextLong()).isEqualTo(stream.nextLong());
    }
}
