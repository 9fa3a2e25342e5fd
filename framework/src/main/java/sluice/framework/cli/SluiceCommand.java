package sluice.framework.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import sluice.framework.experiment.SluiceVersion;
import sluice.framework.internal.kernel.NativeLibraryException;

/** The top of the command line. */
@Command(
        name = "sluice",
        description = "Learns tasks one after another with gated networks, and forgets none of them.",
        mixinStandardHelpOptions = true,
        versionProvider = SluiceCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 2 a mistake that you can mend (one line says what, where and how), 3 a check failed,",
            "130 stopped, 1 a bug.",
            "Start here: sluice run split-digits"
        })
public final class SluiceCommand {
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.log.sluice";

    /** Apart, as to tell the version needs none of them. */
    private static final class Commands {
        /** In the order of the help. */
        private static final ImmutableMap<String, Class<?>> BY_NAME = ImmutableMap.<String, Class<?>>builder()
                .put("run", RunCommand.class)
                .put("report", ReportCommand.class)
                .put("init", InitCommand.class)
                .put("validate", ValidateCommand.class)
                .put("compare", CompareCommand.class)
                .put("predict", PredictCommand.class)
                .put("evaluate", EvaluateCommand.class)
                .put("generate", GenerateCommand.class)
                .put("info", InfoCommand.class)
                .put("metrics", MetricsCommand.class)
                .put("forget", ForgetCommand.class)
                .put("list", ListCommand.class)
                .put("bench", BenchCommand.class)
                .put("estimators", EstimatorsCommand.class)
                .put("neuron", NeuronCommand.class)
                .put("schema", SchemaCommand.class)
                .put("completion", CompletionCommand.class)
                .put("man", ManCommand.class)
                .put("help", CommandLine.HelpCommand.class)
                .buildOrThrow();

        /** Those that speak of all others. */
        private static final ImmutableSet<String> OF_ALL = ImmutableSet.of("completion", "man", "help");
    }

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "log what Sluice decides, and show stack traces of mistakes")
    @SuppressWarnings("UnusedMethod") // called by the command-line library
    private void debug(boolean wanted) {
        if (wanted) {
            // the logging library reads this when the first logger is made, which is after parsing
            System.setProperty(LOG_LEVEL, "debug");
        }
    }

    /** The version of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version()};
        }
    }

    private static String version() {
        return "sluice " + SluiceVersion.get();
    }

    /**
     * Runs the command line and exits with its code.
     *
     * @param arguments of the process
     */
    public static void main(String[] arguments) {
        // figures are drawn into files, which needs no display
        System.setProperty("java.awt.headless", "true");
        // figures are written for programs as for people: the same digits and marks wherever it runs
        Locale.setDefault(Locale.ROOT);
        StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput.SHOWN);
        PrintStream out = new PrintStream(new BufferedOutputStream(standard), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code = execute(new Terminal(out, err, Terminal.ofThisProcess()), arguments);
        out.flush();
        System.exit(written(code, standard, err));
    }

    /** The exit code, unless output was lost that the user asked for: streams of printed text remember that silently. */
    static int written(int code, StandardOutput standard, PrintStream err) {
        return standard.lost()
                .map(reason -> {
                    err.println(("sluice: cannot write to standard output (%s): make room where it goes, or send it"
                                    + " elsewhere")
                            .formatted(reason));
                    return code == 0 ? Mistakes.USER_MISTAKE : code;
                })
                .orElse(code);
    }

    /**
     * {@return the exit code}
     *
     * @param terminal where output goes
     * @param arguments of the process
     */
    static int execute(Terminal terminal, String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            terminal.say(version());
            return 0;
        }
        CommandLine line = line(terminal, arguments);
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler(new Mistakes(terminal.err()));
        line.setExecutionExceptionHandler(new Mistakes(terminal.err()));
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return Mistakes.USER_MISTAKE;
        }
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError full) {
            terminal.err().println("sluice: not enough memory: give Java more with SLUICE_JAVA_OPTS=-Xmx4g");
            return Mistakes.USER_MISTAKE;
        } catch (ExceptionInInitializerError early) {
            if (early.getCause() instanceof NativeLibraryException unloadable) {
                Mistakes.lines(unloadable).forEach(terminal.err()::println);
                return Mistakes.USER_MISTAKE;
            }
            throw early;
        }
    }

    /** The command that is named first by itself, where one is, since looking at all of them takes half of a short command's time. */
    private static CommandLine line(Terminal terminal, String... arguments) {
        CommandFactory factory = new CommandFactory(terminal);
        CommandLine line = new CommandLine(new SluiceCommand(), factory);
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean alone = Commands.BY_NAME.containsKey(first) && !Commands.OF_ALL.contains(first);
        Commands.BY_NAME.forEach((name, type) -> {
            if (!alone || name.equals(first)) {
                line.addSubcommand(name, new CommandLine(type, factory));
            }
        });
        return line;
    }

    /** Gives the terminal to whatever is made with one: commands are. */
    private record CommandFactory(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Terminal.class))) {
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
