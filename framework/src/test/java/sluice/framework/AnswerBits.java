package sluice.framework;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sluice.framework.predict.Answer;
import sluice.framework.predict.ModelLoader;
import sluice.framework.predict.SavedDiscriminant;
import sluice.framework.predict.SavedModel;
import sluice.framework.predict.SavedNetwork;

/**
 * A service that predicts and knows nothing else of Sluice: for each model of a folder, the bits of its answers to the rows
 * beside it.
 */
final class AnswerBits {
    private AnswerBits() {}

    public static void main(String[] arguments) throws IOException {
        try (PrintStream out = new PrintStream(arguments[1])) {
            for (String foreign : List.of("org.nd4j.linalg.factory.Nd4j", "com.google.common.base.Joiner")) {
                out.println(isThere(foreign) ? foreign : "alone");
            }
            try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
                files.filter(file -> file.toString().endsWith(".sluice"))
                        .sorted()
                        .forEach(file -> answer(file, out));
            }
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static void answer(Path file, PrintStream out) {
        SavedModel model = ModelLoader.load(file);
        float[][] rows = rows(Path.of(file + ".rows"), model.inputs());
        if (model instanceof SavedNetwork network) {
            for (String task : network.tasks()) {
                for (float[] row : rows) {
                    print(file, network.answers(task, new float[][] {row}), out);
                }
                print(file, network.answers(task, rows), out);
            }
        } else if (model instanceof SavedDiscriminant discriminant) {
            print(file, discriminant.answers(rows), out);
        }
    }

    private static void print(Path file, List<Answer> answers, PrintStream out) {
        answers.forEach(answer -> out.println(line(file, answer.predicted(), answer.probabilities())));
    }

    static String line(Path file, String predicted, double[] probabilities) {
        StringBuilder line = new StringBuilder(file.getFileName() + " " + predicted);
        for (double probability : probabilities) {
            line.append(' ').append(Long.toHexString(Double.doubleToRawLongBits(probability)));
        }
        return line.toString();
    }

    static float[][] rows(Path file, int inputs) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            float[][] rows = new float[in.readInt()][inputs];
            for (float[] row : rows) {
                for (int i = 0; i < inputs; i++) {
                    row[i] = in.readFloat();
                }
            }
            return rows;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
