package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.cli.Console.Result;

/** Files of IDX as their owners publish them are learned from and asked about. */
@Tag("slow")
class OwnIdxCommandTest {
    private static final int UNSIGNED_BYTE = 0x8;
    private static final int FLOAT = 0xd;

    @TempDir
    private Path folder;

    /** Images of 4 x 3 of two classes, 1 and 2, by turns: the left or the upper part is bright. */
    private void write(String set, int type, int count) throws IOException {
        String[] parts = {"train", "test"};
        for (String part : parts) {
            try (DataOutputStream images =
                            open(set + "-" + part + "-images-idx3-" + (type == FLOAT ? "float" : "ubyte"));
                    DataOutputStream labels = open(set + "-" + part + "-labels-idx1-ubyte")) {
                header(images, type << 8 | 3, count, 4, 3);
                header(labels, 0x801, count);
                for (int i = 0; i < count; i++) {
                    labels.writeByte(1 + i % 2);
                    for (int pixel = 0; pixel < 12; pixel++) {
                        boolean bright = i % 2 == 0 ? pixel % 3 == 0 : pixel < 3;
                        if (type == FLOAT) {
                            images.writeFloat(bright ? 0.9f : 0.1f * (i % 5));
                        } else {
                            images.writeByte(bright ? 200 : i % 50);
                        }
                    }
                }
            }
        }
    }

    private DataOutputStream open(String name) throws IOException {
        return new DataOutputStream(Files.newOutputStream(folder.resolve(name)));
    }

    private static void header(DataOutputStream out, int... numbers) throws IOException {
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private Result run(String data) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), """
                data: {set: idx, folder: ., %s}
                split: {classes_per_task: 2}
                network: {hidden: [20]}
                training: {iterations: 100, batch_size: 8}
                """.formatted(data));
        return Console.sluice("run", script, "--out", folder.resolve("run"));
    }

    private String predicted(String images, String task) throws IOException {
        Result predicted = Console.sluice(
                "predict", "--model", folder.resolve("run"), "--task", task, "--input", folder.resolve(images));
        assertThat(predicted.code()).as(predicted.err()).isZero();
        return predicted.out();
    }

    @Test
    void floatsAreTakenAsTheyAreAndNeverForPixels() throws IOException {
        write("own", FLOAT, 40);

        assertThat(run("padding: 0"))
                .satisfies(
                        mistake(
                                "mine.yaml:1: data.normalisation: is unit, which is for pixels 0 to 255, and values go from 0 to 0.9: write normalisation: none"));
        assertThat(folder.resolve("run")).doesNotExist();
        Result learned = run("normalisation: none");

        assertThat(learned.code()).as(learned.err()).isZero();
        assertThat(predicted("own-test-images-idx3-float", "1-2")).contains("\n1,1,", "\n2,2,", "\n39,1,", "\n40,2,");
    }

    @Test
    void lettersOfEmnistHaveTheirNamesAndNewOnesAreTurnedAsTheyWere() throws IOException {
        write("emnist-letters", UNSIGNED_BYTE, 40);
        write("emnist-digits", UNSIGNED_BYTE, 10);
        Files.writeString(folder.resolve("emnist-letters-mapping.txt"), "1 65 97 \n2 66 98 \n");

        assertThat(run("padding: 0")).satisfies(mistake("2 sets, emnist-digits, emnist-letters: name one"));
        Result learned = run("files: emnist-letters");

        assertThat(learned.code()).as(learned.err()).isZero();
        assertThat(learned.err()).contains("stored column by column, were turned upright");
        assertThat(predicted("emnist-letters-test-images-idx3-ubyte", "A-B"))
                .contains("\n1,A,", "\n2,B,", "\n39,A,", "\n40,B,");
    }
}
