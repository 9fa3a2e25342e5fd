package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.InputException;

class RunFolderTest {
    @TempDir
    private Path folder;

    private static void assertRefused(Path target, boolean overwrite, String reason) {
        assertThatThrownBy(() -> RunFolder.claim(target, overwrite).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("--out");
    }

    @Test
    void aClaimThatIsNotFilledLeavesNothingNotEvenParents() throws IOException {
        RunFolder.claim(folder.resolve("a/b/run"), false).close();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void parentsThatWereThereBeforeStay() throws IOException {
        Files.createDirectory(folder.resolve("a"));

        RunFolder.claim(folder.resolve("a/b/run"), false).close();

        assertThat(folder.resolve("a")).isEmptyDirectory();
    }

    @Test
    void twoRunsDoNotWriteToOneFolder() {
        try (RunFolder first = RunFolder.claim(folder.resolve("run"), false)) {
            assertThat(first).isNotNull();
            assertRefused(folder.resolve("run"), false, "another run is writing to");
        }
        RunFolder.claim(folder.resolve("run"), false).close();
    }

    @Test
    void whatAKilledRunLeftBlocksNobody() throws IOException {
        Files.createDirectory(folder.resolve(".run.part"));
        Files.createFile(folder.resolve(".run.part/.lock"));

        RunFolder.claim(folder.resolve("run"), false).close();

        assertThat(folder.resolve(".run.part")).doesNotExist();
    }

    @Test
    void whatWasInPlaceStaysThereWhereNothingCanBePut() throws IOException {
        Path target = Files.createDirectory(folder.resolve("run"));
        Files.writeString(target.resolve("run.json"), "{}");
        FolderClaim.Contents any = new FolderClaim.Contents("run", file -> true, file -> true);
        FolderClaim claim = FolderClaim.of(target, true, any);

        assertThatThrownBy(() -> claim.put(folder.resolve("nowhere")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot move the results");
        assertThat(target.resolve("run.json")).hasContent("{}");

        claim.close();
        FolderClaim stopping = FolderClaim.of(target, true, any);
        Path room = stopping.room("new");
        stopping.close(); // as the virtual machine does when it goes down
        assertThatThrownBy(() -> stopping.put(room))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the process was stopped before its results were moved");
        assertThat(target.resolve("run.json")).hasContent("{}");
        assertThat(folder.resolve(".run.old")).doesNotExist();
    }

    @Test
    void anEmptyFolderIsFine() throws IOException {
        Files.createDirectory(folder.resolve("run"));

        RunFolder.claim(folder.resolve("run"), false).close();

        assertThat(folder.resolve("run")).exists();
    }

    @Test
    void foldersWithAnythingElseAreNeverReplaced() throws IOException {
        Files.createDirectories(folder.resolve("project/src"));
        Files.writeString(folder.resolve("project/run.json"), "{}");

        assertRefused(folder.resolve("project"), false, "holds src, which no run wrote");
        assertRefused(folder.resolve("project"), true, "holds src, which no run wrote");
    }

    @Test
    void filesAndLinksAreNamedAsSuch() throws IOException {
        Files.createFile(folder.resolve("file"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertRefused(folder.resolve("file"), true, "is a file or a link");
        assertRefused(folder.resolve("link"), true, "is a file or a link");
        assertRefused(folder.resolve("file/run"), true, "cannot write to output folder");
        assertRefused(Path.of(""), true, "cannot be a run folder");
        assertRefused(Path.of("/"), true, "cannot be a run folder");
    }
}
