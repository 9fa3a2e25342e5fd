package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DownloadListenerTest {
    private static final URI SOURCE = URI.create("http://127.0.0.1/folder/train-images-idx3-ubyte.gz");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void aPlainOutputGetsOneLineForATransfer() {
        transfer(DownloadListener.lines(out), 0, OptionalLong.of(9_900_000));

        assertThat(text()).isEqualTo("downloading " + SOURCE + " (9.9 MB)" + System.lineSeparator());
    }

    @Test
    void aResumedTransferSaysWhereItGoesOn() {
        transfer(DownloadListener.lines(out), 1_500_000, OptionalLong.empty());

        assertThat(text()).contains(SOURCE + ", resumed at 1.5 MB");
    }

    @Test
    void aTerminalGetsABarWithTheFilesName() {
        transfer(DownloadListener.bar(out), 0, OptionalLong.of(9_900_000));

        assertThat(text()).contains("train-images-idx3-ubyte.gz", "MB");
    }

    @Test
    void aBarIgnoresWhatComesAfterItsEnd() {
        DownloadListener bar = DownloadListener.bar(out);
        transfer(bar, 0, OptionalLong.empty());
        String before = text();

        bar.advance(10);
        bar.end();

        assertThat(text()).isEqualTo(before);
    }

    private void transfer(DownloadListener listener, long from, OptionalLong total) {
        listener.begin(SOURCE, from, total);
        listener.advance(100_000);
        listener.end();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
