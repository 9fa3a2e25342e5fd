package sluice.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/**
 * Tasks that stand for all where these are too many to show: every so many-th, and the last.
 *
 * @param count tasks in all, at least 1
 * @param every the distance from one shown to the next, at least 1; 1 shows all
 */
record EvenTasks(int count, int every) {
    EvenTasks {
        checkArgument(count >= 1, "count must be at least 1, got %s", count);
        checkArgument(every >= 1, "every must be at least 1, got %s", every);
    }

    /** So many tasks at the most, at least 2 of them. */
    static EvenTasks of(int count, int most) {
        checkArgument(most >= 2, "at least 2 tasks must be shown, got %s", most);
        return new EvenTasks(count, count <= most ? 1 : (count - 2) / (most - 1) + 1);
    }

    boolean all() {
        return every == 1;
    }

    /** Their numbers, from 1: the first and the last among them. */
    ImmutableList<Integer> numbers() {
        ImmutableList.Builder<Integer> numbers = ImmutableList.builder();
        for (int task = 1; task < count; task += every) {
            numbers.add(task);
        }
        return numbers.add(count).build();
    }

    /** The same, and 0, the untrained network. */
    ImmutableList<Integer> rows() {
        return ImmutableList.<Integer>builder().add(0).addAll(numbers()).build();
    }

    /** "every 4th task of 1,000, and the last". */
    String words() {
        return String.format(Locale.ROOT, "every %d%s task of %,d, and the last", every, suffix(every), count);
    }

    private static String suffix(int number) {
        int tens = number % 100;
        if (tens >= 11 && tens <= 13) {
            return "th";
        }
        return switch (number % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }
}
