package sluice.framework.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.Download;
import sluice.tasks.source.DownloadListener;
import sluice.tasks.source.UserEnvironment;

/** The option {@code --data} of commands that load data. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "where data files are; else SLUICE_DATA, else the user's cache, filled by download")
    private Path data;

    /** The folder that the option names. */
    Optional<Path> given() {
        return Optional.ofNullable(data);
    }

    /** Where data is, with downloads told of on a terminal. */
    DataPlace place(Terminal terminal) {
        DownloadListener listener =
                terminal.interactive() ? DownloadListener.bar(terminal.err()) : DownloadListener.lines(terminal.err());
        return DataPlace.choose(
                Optional.ofNullable(data), UserEnvironment.ofThisProcess(), Download.reportingTo(listener));
    }
}
