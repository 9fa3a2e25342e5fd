package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataPlaceTest {
    private static final Download DOWNLOAD = Download.reportingTo(DownloadListener.lines(System.out));
    private static final UserEnvironment WITHOUT_DATA =
            new UserEnvironment("Linux", Path.of("home"), ImmutableMap.of());
    private static final UserEnvironment WITH_DATA =
            new UserEnvironment("Linux", Path.of("home"), ImmutableMap.of("SLUICE_DATA", "shared"));

    @Test
    void theFolderGivenCountsMoreThanTheVariable() {
        assertThat(DataPlace.choose(Optional.of(Path.of("mine")), WITH_DATA, DOWNLOAD))
                .isEqualTo(new DataPlace.Given(Path.of("mine"), "--data"));
    }

    @Test
    void theVariableCountsMoreThanTheCache() {
        assertThat(DataPlace.choose(Optional.empty(), WITH_DATA, DOWNLOAD))
                .isEqualTo(new DataPlace.Given(Path.of("shared"), "SLUICE_DATA"));
    }

    @Test
    void withoutEitherItIsTheCache() {
        assertThat(DataPlace.choose(Optional.empty(), WITHOUT_DATA, DOWNLOAD))
                .isEqualTo(new DataPlace.Cache(Path.of("home/.cache/sluice"), DOWNLOAD));
    }
}
