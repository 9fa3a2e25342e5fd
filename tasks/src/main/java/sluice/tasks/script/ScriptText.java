package sluice.tasks.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.reader.StreamReader;
import sluice.tasks.InputException;

/** The characters of a script: UTF-8, at most 1 MiB, without a byte-order mark. */
final class ScriptText {
    private static final int MOST_BYTES = 1 << 20;

    private ScriptText() {}

    static String of(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException("%s: is a folder: name a script file in it".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new InputException("%s: script not found: check the path".formatted(file), e);
        } catch (AccessDeniedException e) {
            throw new InputException("%s: may not be read: check its permissions".formatted(file), e);
        } catch (IOException e) {
            throw new InputException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    static String of(InputStream in, String source) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InputException("%s: is larger than 1 MiB: surely no script".formatted(source));
        }
        String text = decode(bytes, source);
        return refuseUnprintable(text.startsWith("\uFEFF") ? text.substring(1) : text, source);
    }

    private static String decode(byte[] bytes, String source) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            long line = 1
                    + IntStream.range(0, in.position())
                            .filter(i -> bytes[i] == '\n')
                            .count();
            throw Complaint.at(
                    new Location(source, (int) line), "", "is not UTF-8 text here: save the script as UTF-8");
        }
        return out.flip().toString();
    }

    private static String refuseUnprintable(String text, String source) {
        int line = 1;
        for (int character : text.codePoints().toArray()) {
            if (character == '\n') {
                line++;
            } else if (!StreamReader.isPrintable(character)) {
                throw Complaint.at(
                        new Location(source, line), "", "has the character U+%04X: remove it".formatted(character));
            }
        }
        return text;
    }
}
