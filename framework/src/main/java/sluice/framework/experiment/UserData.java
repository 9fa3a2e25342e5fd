package sluice.framework.experiment;

import java.util.Optional;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.Download;
import sluice.tasks.source.DownloadListener;
import sluice.tasks.source.UserEnvironment;

/** Where a Java program finds data that it names no folder for: as the command line does. */
final class UserData {
    private UserData() {}

    static DataPlace place() {
        return DataPlace.choose(
                Optional.empty(),
                UserEnvironment.ofThisProcess(),
                Download.reportingTo(DownloadListener.lines(System.err)));
    }
}
