package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the command line inside a test. */
final class Console {
    /** Exit code and both streams. */
    record Result(int code, String out, String err) {}

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

    /** A user's mistake: exit code 2 and one line with these parts. */
    static Consumer<Result> oneLine(String... parts) {
        return result -> {
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).startsWith("sluice: ").contains(parts);
            assertThat(result.err().strip().lines()).hasSize(1);
            assertThat(result.out()).isEmpty();
        };
    }
}
