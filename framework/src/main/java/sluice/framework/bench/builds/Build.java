package sluice.framework.bench.builds;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * A checkout of Sluice, which its launcher builds where that is due.
 *
 * @param folder its top
 */
public record Build(Path folder) {
    private static final String LAUNCHER = "sluice";
    private static final String PEAK = "VmHWM:";
    private static final long LOOK_EVERY_MILLIS = 10;

    /**
     * {@return the build}
     *
     * @param folder top of a checkout
     * @throws InputException if there is no launcher that can be started
     */
    public static Build in(Path folder) {
        if (!Files.isExecutable(folder.resolve(LAUNCHER))) {
            throw new InputException("%s: holds no launcher '%s' that can be started: name the top folder of a checkout"
                    .formatted(folder, LAUNCHER));
        }
        return new Build(folder.toAbsolutePath().normalize());
    }

    /** Builds it where that is due, which is not to be measured. */
    void prepare() {
        BuildWork first = BuildWork.ALL.get(0);
        run(first, Optional.empty());
    }

    /**
     * Runs a command to its end, output to a temporary folder, which goes away.
     *
     * @return its figures by name: seconds, MB resident at most where the system tells, and what the output says
     */
    ImmutableMap<String, Double> run(BuildWork work, Optional<Path> data) {
        try {
            Path scratch = Files.createTempDirectory("sluice-bench");
            try {
                return run(work, data, scratch);
            } finally {
                MoreFiles.deleteRecursively(scratch, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new InputException("%s: cannot be measured: %s".formatted(folder, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted", e);
        }
    }

    private ImmutableMap<String, Double> run(BuildWork work, Optional<Path> data, Path scratch)
            throws IOException, InterruptedException {
        Path output = scratch.resolve("output");
        ImmutableList<String> command = ImmutableList.<String>builder()
                .add(folder.resolve(LAUNCHER).toString())
                .addAll(work.command(data, scratch.resolve("run")))
                .build();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        long peak = 0;
        try {
            do {
                peak = Math.max(peak, peak(process.pid()).orElse(0));
            } while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            process.destroy();
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        String text = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new InputException("%s: '%s' ended with exit code %d: %s"
                    .formatted(
                            folder,
                            String.join(" ", work.arguments()),
                            process.exitValue(),
                            Iterables.getLast(Splitter.on('\n').split(text.strip()))));
        }
        ImmutableMap.Builder<String, Double> figures = ImmutableMap.builder();
        figures.put("seconds", seconds);
        if (peak > 0) {
            figures.put("MB at most", peak / 1024.0);
        }
        return figures.putAll(work.read(text)).buildOrThrow();
    }

    /** Kilobytes that it has had resident at the most, so far as Linux tells; the launcher becomes the process that it starts. */
    private static OptionalLong peak(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | RuntimeException gone) {
            return OptionalLong.empty();
        }
    }
}
