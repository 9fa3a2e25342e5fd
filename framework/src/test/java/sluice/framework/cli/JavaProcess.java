package sluice.framework.cli;

import com.google.common.base.Splitter;
import com.google.common.base.StandardSystemProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own, for tests that need one to be killed, or its real streams. */
final class JavaProcess {
    private JavaProcess() {}

    /** The words that start it; those of the command are separated by blanks. */
    static List<String> sluice(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(StandardSystemProperty.JAVA_HOME.value(), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", StandardSystemProperty.JAVA_CLASS_PATH.value(), SluiceCommand.class.getName()));
        words.addAll(Splitter.on(' ').splitToList(command));
        return words;
    }
}
