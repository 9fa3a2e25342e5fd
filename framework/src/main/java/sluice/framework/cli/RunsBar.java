package sluice.framework.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * The lines of a comparison and, where somebody watches, below them one bar for the steps of all runs; for use from
 * several threads. How many steps there are is guessed from the runs that have begun.
 */
final class RunsBar implements AutoCloseable {
    private final Terminal terminal;
    private final int all;
    private int runs;
    private int begun;
    private long steps;
    private long shared;
    private ProgressBar bar;

    RunsBar(Terminal terminal, int runs) {
        this.terminal = terminal;
        this.all = runs;
        this.runs = runs;
    }

    /** One of the runs need not be done. */
    synchronized void leaveOut() {
        runs--;
    }

    /** A run more, of so many steps. */
    synchronized void begin(long stepsOfRun) {
        if (bar == null && terminal.interactive()) {
            bar = ConsoleProgress.bar(new Drawing(), all + " runs", stepsOfRun);
        }
        begun++;
        correct(stepsOfRun);
    }

    /** A run that has begun is longer than it said, or shorter if this is negative. */
    synchronized void correct(long more) {
        steps += more;
        hint();
    }

    /** A reference, of so many steps, that one run trains and others need not. */
    synchronized void beginShared(long stepsOfReference) {
        shared += stepsOfReference;
        hint();
    }

    private void hint() {
        if (bar != null) {
            bar.maxHint(shared + steps + (runs - begun) * steps / begun);
        }
    }

    /** A step of a run that has begun; beside the bar stands how the run goes that stepped last. */
    void step(String run, StepProgress progress) {
        if (bar != null) {
            bar.setExtraMessage(run + " " + progress.text());
            bar.step();
        }
    }

    /** A step of a reference. */
    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /** Prints a line in the bar's place; the bar comes again below it. */
    synchronized void line(PrintStream to, String text) {
        if (bar != null) {
            terminal.out().print("\r" + " ".repeat(terminal.width()) + "\r");
            terminal.out().flush();
        }
        to.println(terminal.fitted(text));
    }

    /** All runs have ended: the steps that there were are all. */
    void complete() {
        if (bar != null) {
            bar.maxHint(bar.getCurrent());
        }
        close();
    }

    /** Leaves the bar as it is. Not under the lock: another thread draws the bar once more meanwhile. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private synchronized void draw(Runnable drawing) {
        drawing.run();
    }

    /** Draws the bar when no line is being printed. */
    private final class Drawing extends ConsoleProgressBarConsumer {
        Drawing() {
            super(terminal.out(), terminal.width());
        }

        @Override
        public void accept(String text) {
            draw(() -> super.accept(text));
        }
    }
}
