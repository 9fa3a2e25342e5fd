package sluice.framework.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import sluice.evaluation.MatrixFormatException;
import sluice.framework.internal.kernel.NativeLibraryException;
import sluice.framework.result.DivergedException;
import sluice.tasks.InputException;

/** What a failure looks like: one line and exit code 2 for each mistake of a user, a stack trace and 1 for a bug. */
record Mistakes(PrintStream err) implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int BUG = 1;
    static final int USER_MISTAKE = 2;

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        err.println("sluice: " + oneLine(mistake.getMessage()) + suggestion(mistake) + " (see " + command + " --help)");
        return USER_MISTAKE;
    }

    private static String suggestion(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                return ": did you mean '" + suggestions.get(0) + "'?";
            }
        }
        return "";
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (!isUserMistake(failure)) {
            err.println("sluice: this is a bug of Sluice:");
            failure.printStackTrace(err);
            return BUG;
        }
        lines(failure).forEach(err::println);
        if (parsed.expandedArgs().contains("--debug")) {
            failure.printStackTrace(err);
        }
        return USER_MISTAKE;
    }

    /** What is said of a user's mistake; of several, a line of each. */
    static List<String> lines(Exception mistake) {
        List<String> lines = mistake instanceof InputException input ? input.lines() : List.of(mistake.getMessage());
        return lines.stream().map(line -> "sluice: " + oneLine(line)).toList();
    }

    private static boolean isUserMistake(Exception failure) {
        return failure instanceof InputException
                || failure instanceof DivergedException
                || failure instanceof NativeLibraryException
                || failure instanceof MatrixFormatException;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\R\\s*", " ");
    }
}
