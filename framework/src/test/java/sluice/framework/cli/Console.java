package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the command line inside a test. */
final class Console {
    private static final Pattern SHORT_TRAINING = Pattern.compile(
            "warning: .*(far too few: weights hardly move|end undecided, |never predicted after the last task)");

    /** Exit code and both streams. */
    record Result(int code, String out, String err) {
        String unusual() {
            return Console.unusual(err);
        }
    }

    private Console() {}

    static Result sluice(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = SluiceCommand.execute(terminal, words);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What an error stream holds but for warnings that every training of a few steps gets. */
    static String unusual(String err) {
        return err.lines().filter(line -> !SHORT_TRAINING.matcher(line).find()).collect(Collectors.joining("\n"));
    }

    /** A user's mistake before anything was told: exit code 2 and one line with these parts. */
    static Consumer<Result> oneLine(String... parts) {
        return mistake(parts).andThen(result -> assertThat(result.out()).isEmpty());
    }

    /** A user's mistake, whatever was told before: exit code 2 and one line with these parts. */
    static Consumer<Result> mistake(String... parts) {
        return result -> {
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).startsWith("sluice: ").contains(parts);
            assertThat(result.err().strip().lines()).hasSize(1);
        };
    }
}
