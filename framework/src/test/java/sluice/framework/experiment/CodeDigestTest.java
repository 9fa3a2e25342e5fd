package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDigestTest {
    @TempDir
    private Path folder;

    private String digest;

    @BeforeEach
    void twoClasses() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/One.class"), "one");
        Files.writeString(folder.resolve("a/b/Two.class"), "two");
        digest = digest();
    }

    private String digest() {
        return CodeDigest.of(List.of(folder));
    }

    @Test
    void anotherContentOrNameIsAnotherDigest() throws IOException {
        Files.writeString(folder.resolve("a/One.class"), "onE");
        String otherContent = digest();
        Files.writeString(folder.resolve("a/One.class"), "one");
        Files.move(folder.resolve("a/One.class"), folder.resolve("a/Eno.class"));
        String otherName = digest();

        assertThat(List.of(otherContent, otherName)).doesNotContain(digest).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoClassAndWhenOneWasWrittenIsTheSameCode() throws IOException {
        Files.writeString(folder.resolve("a/notes.txt"), "words");
        Files.setLastModifiedTime(folder.resolve("a/One.class"), FileTime.fromMillis(0));

        assertThat(digest()).isEqualTo(digest);
    }

    @Test
    void classesInAJarAreThoseOfTheirFolder() throws IOException {
        Path jar = Files.createTempFile(folder, "packed", ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("META-INF/MANIFEST.MF", "a/b/Two.class", "a/One.class")) {
                zip.putNextEntry(new ZipEntry(name));
                if (name.endsWith(".class")) {
                    zip.write(Files.readAllBytes(folder.resolve(name)));
                }
            }
        }

        assertThat(CodeDigest.of(List.of(jar))).isEqualTo(digest);
    }

    @Test
    void theCodeThatRunsHasOne() {
        assertThat(CodeDigest.ofThisProcess()).hasSize(64).isEqualTo(CodeDigest.ofThisProcess());
    }
}
