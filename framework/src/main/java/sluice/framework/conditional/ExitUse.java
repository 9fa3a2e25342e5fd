package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Where test examples stopped, and what they took.
 *
 * @param shares of the examples, per exit
 * @param mean multiply-adds per example
 * @param deviation of these among examples
 * @param most of any example
 */
public record ExitUse(ImmutableList<Double> shares, double mean, double deviation, long most) {
    static ExitUse of(ExitModel model, ExitAnswers answers) {
        return of(model.shape().exits(), answers);
    }

    /**
     * {@return what was used}
     *
     * @param count of exits, the end of the network among them
     * @param answers to the examples
     */
    public static ExitUse of(int count, ExitAnswers answers) {
        return of(answers.multiplyAdds(), shares(answers.exits(), count));
    }

    /**
     * {@return what was used where there is but one end}
     *
     * @param multiplyAdds per example
     */
    public static ExitUse of(long[] multiplyAdds) {
        return of(multiplyAdds, ImmutableList.of(1.0));
    }

    private static ExitUse of(long[] taken, ImmutableList<Double> shares) {
        double mean = LongStream.of(taken).average().orElse(0);
        double square = LongStream.of(taken)
                .mapToDouble(each -> (each - mean) * (each - mean))
                .average()
                .orElse(0);
        return new ExitUse(
                shares, mean, Math.sqrt(square), LongStream.of(taken).max().orElse(0));
    }

    private static ImmutableList<Double> shares(int[] exits, int count) {
        double[] shares = new double[count];
        for (int exit : exits) {
            shares[exit] += 1.0 / exits.length;
        }
        return DoubleStream.of(shares).boxed().collect(ImmutableList.toImmutableList());
    }
}
