package sluice.tasks.source;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Draws a progress bar on a terminal. Mutable: holds the bar of the transfer under way. */
final class ProgressBarListener implements DownloadListener {
    private final PrintStream terminal;
    private ProgressBar bar;

    ProgressBarListener(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void begin(URI source, long alreadyHere, OptionalLong total) {
        end();
        bar = new ProgressBarBuilder()
                .setTaskName(Path.of(source.getPath()).getFileName().toString())
                .setInitialMax(total.orElse(-1))
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(terminal))
                .startsFrom(alreadyHere, Duration.ZERO)
                .build();
    }

    @Override
    public synchronized void advance(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public synchronized void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
