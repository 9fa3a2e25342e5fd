package sluice.framework.bench.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.StandardSystemProperty;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.InputException;

/** Builds whose launchers say what they were told to. */
class BuildPairsTest {
    private static final BuildWork DIGITS =
            BuildWork.named(List.of("split-digits")).get(0);

    @TempDir
    private Path folder;

    @BeforeEach
    void onlyWhereScriptsRun() {
        assumeTrue(!StandardSystemProperty.OS_NAME.value().startsWith("Windows"), "launchers are scripts of bash");
    }

    private Build build(String name, String script) throws IOException {
        Path launcher = Files.createDirectories(folder.resolve(name)).resolve("sluice");
        Files.writeString(launcher, "#!/bin/sh\necho " + name + " \"$@\" >>" + folder + "/calls\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Build.in(folder.resolve(name));
    }

    @Test
    void buildsTakeTurnsAndTheirFiguresAreReadOffTheirOutput() throws IOException {
        Build quick = build("quick", "echo 'seconds  3.1 training (0.500 ms per step), 6.7 in all'");
        Build slow = build("slow", "echo 'seconds  3.1 training (2.000 ms per step), 6.7 in all'");

        ImmutableList<BuildFigure> figures = new BuildPairs(quick, slow, Optional.of(folder)).measure(DIGITS, 3);

        assertThat(figures).extracting(BuildFigure::name).contains("seconds", "ms per step");
        BuildFigure steps = figures.stream()
                .filter(figure -> figure.name().equals("ms per step"))
                .findFirst()
                .orElseThrow();
        assertThat(steps.median()).isEqualTo(0.5);
        assertThat(steps.otherMedian()).isEqualTo(2);
        assertThat(steps.ratio()).isEqualTo(0.25, within(1e-12));
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .extracting(line -> line.replaceAll("(?s) .*", ""))
                .containsExactly("quick", "slow", "slow", "quick", "quick", "slow");
        assertThat(Files.readString(folder.resolve("calls")))
                .contains("run split-digits --out ")
                .doesNotContain("--data");
    }

    @Test
    void theRatioIsOfMediansAndItsSpreadOfPairs() {
        BuildFigure figure =
                new BuildFigure("work", "seconds", ImmutableList.of(1.0, 2.0, 9.0), ImmutableList.of(4.0, 1.0, 4.0));

        assertThat(figure.ratio()).isEqualTo(2.0 / 4);
        assertThat(figure.leastRatio()).isEqualTo(1.0 / 4);
        assertThat(figure.largestRatio()).isEqualTo(9.0 / 4);
    }

    @Test
    void aBuildThatFailsAndAFolderThatIsNoneAreTold() throws IOException {
        Build failing = build("failing", "echo 'sluice: no such data' >&2; exit 2");

        assertThatThrownBy(() -> new BuildPairs(failing, failing, Optional.empty()).measure(DIGITS, 1))
                .isInstanceOf(InputException.class)
                .hasMessage("%s: 'run split-digits' ended with exit code 2: sluice: no such data", failing.folder());
        assertThatThrownBy(() -> Build.in(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "%s: holds no launcher 'sluice' that can be started: name the top folder of a checkout",
                        folder);
        assertThatThrownBy(() -> BuildWork.named(List.of("split-digts")))
                .isInstanceOf(InputException.class)
                .hasMessage("--only: unknown measurement 'split-digts': did you mean 'split-digits'?");
    }

    @Test
    void convolutionsAreReadOffTheirTable() {
        BuildWork convolutions = BuildWork.named(List.of("convolutions")).get(0);

        assertThat(convolutions.read("""
                | training step |  open | frozen |     ms |
                | dense         | 100 % |    0 % | 25.761 |
                +---------------+
                | convolutions 32-64-256 |  open | frozen |     ms | time, relative | multiply-adds, relative |
                +------------------------+-------+--------+--------+----------------+-------------------------+
                | dense                  | 100 % |    0 % | 18.266 |          1.000 |                   1.000 |
                |                        |  25 % |    0 % |  3.214 |          0.176 |                   0.077 |
                """))
                .containsEntry("ms of a step, all open", 18.266)
                .containsEntry("a quarter open", 3.214);
    }
}
