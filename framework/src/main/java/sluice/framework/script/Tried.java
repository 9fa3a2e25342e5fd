package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What a search tries of one key: values as YAML on one line. */
public sealed interface Tried {
    /** {@return the values of a grid, in order} */
    ImmutableList<String> values();

    /**
     * {@return a value}
     *
     * @param random what draws
     */
    String draw(RandomGenerator random);

    /**
     * Values as they are listed.
     *
     * @param values at least one
     */
    record Listed(ImmutableList<String> values) implements Tried {
        @Override
        public String draw(RandomGenerator random) {
            return values.get(random.nextInt(values.size()));
        }
    }

    /**
     * Numbers between two others, to three digits.
     *
     * @param from the least
     * @param to the largest, above it
     * @param count of a grid, at least 2
     * @param logarithmic whether a grid has equal quotients, and not equal differences
     */
    record Between(double from, double to, int count, boolean logarithmic) implements Tried {
        private static final MathContext DIGITS = new MathContext(3);

        @Override
        public ImmutableList<String> values() {
            return IntStream.range(0, count)
                    .mapToObj(i -> at(i / (count - 1.0)))
                    .distinct()
                    .collect(ImmutableList.toImmutableList());
        }

        @Override
        public String draw(RandomGenerator random) {
            return at(random.nextDouble());
        }

        private String at(double share) {
            double value = logarithmic ? from * Math.pow(to / from, share) : from + share * (to - from);
            return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
        }
    }
}
