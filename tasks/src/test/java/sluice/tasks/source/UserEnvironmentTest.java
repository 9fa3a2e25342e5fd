package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.InputException;

class UserEnvironmentTest {
    @TempDir
    Path home;

    @Test
    void onLinuxTheCacheIsInTheHomeFolderUnlessXdgNamesAnother() {
        Path other = home.resolve("other");

        assertThat(on("Linux").cacheFolder()).isEqualTo(home.resolve(".cache/sluice"));
        assertThat(on("Linux", "XDG_CACHE_HOME", other.toString()).cacheFolder())
                .isEqualTo(other.resolve("sluice"));
    }

    @Test
    void aRelativeOrBlankXdgFolderIsIgnored() {
        assertThat(on("Linux", "XDG_CACHE_HOME", "caches").cacheFolder()).isEqualTo(home.resolve(".cache/sluice"));
        assertThat(on("Linux", "XDG_CACHE_HOME", " ").cacheFolder()).isEqualTo(home.resolve(".cache/sluice"));
    }

    @Test
    void onAMacTheCacheIsInTheLibrary() {
        assertThat(on("Mac OS X").cacheFolder()).isEqualTo(home.resolve("Library/Caches/sluice"));
    }

    @Test
    void onWindowsTheCacheIsInLocalApplicationData() {
        Path local = home.resolve("local");

        assertThat(on("Windows 11", "LOCALAPPDATA", local.toString()).cacheFolder())
                .isEqualTo(local.resolve("sluice"));
        assertThat(on("Windows 11").cacheFolder()).isEqualTo(home.resolve("AppData/Local/sluice"));
    }

    @Test
    void aBlankDataVariableCountsAsUnset() {
        assertThat(on("Linux").dataFolder()).isEmpty();
        assertThat(on("Linux", "SLUICE_DATA", "").dataFolder()).isEmpty();
        assertThat(on("Linux", "SLUICE_DATA", "data").dataFolder()).contains(Path.of("data"));
    }

    @Test
    void aVariableThatIsNoPathIsNamed() {
        assertThatThrownBy(() -> on("Linux", "SLUICE_DATA", "no\0path").dataFolder())
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("SLUICE_DATA is no path", "unset");
    }

    @Test
    void thisProcessHasACacheFolder() {
        assertThat(UserEnvironment.ofThisProcess().cacheFolder()).isAbsolute();
    }

    private UserEnvironment on(String osName) {
        return new UserEnvironment(osName, home, ImmutableMap.of());
    }

    private UserEnvironment on(String osName, String variable, String value) {
        return new UserEnvironment(osName, home, ImmutableMap.of(variable, value));
    }
}
