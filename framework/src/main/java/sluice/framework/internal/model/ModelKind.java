package sluice.framework.internal.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** What a stored model is, as its description says in a word. */
public enum ModelKind {
    /** Tells the classes of a task apart, by the task's subnetwork; its description says no word. */
    GATED("", "is the model of a gated network, which tells classes apart"),
    /** Tells classes apart without the task. */
    DISCRIMINANT(
            "discriminant",
            "is a discriminant model, which tells classes apart without the task and has no subnetwork of any"),
    /** Tells the classes of one task apart, with as much of it as an example needs. */
    EXITS("exits", "is a network with exits, which learned one task"),
    /** Tells classes apart, as a strategy taught it that trains a plain network. */
    PLAIN("plain", "is a plain network, without subnetworks of tasks"),
    /** Tells classes apart without the task, which it finds, so that the task's subnetwork answers. */
    INFERRED("inferred", "is a gated network that finds the task of an example itself"),
    /** Generates images. */
    GENERATOR("generator", "is a generator, which draws images and learned no tasks (see sluice generate)");

    private final String word;
    private final String statement;

    ModelKind(String word, String statement) {
        this.word = word;
        this.statement = statement;
    }

    /** {@return what a description calls it} */
    public String word() {
        return word;
    }

    /**
     * Makes sure that a description is of a model of this kind.
     *
     * @param described JSON
     * @param file for the message
     * @param advice ends the message
     * @throws IOException if it is no JSON
     * @throws InputException if it is of another kind
     */
    public void check(byte[] described, Path file, String advice) throws IOException {
        check(ModelArchive.kind(described), file, advice);
    }

    /**
     * Makes sure that a word stands for this kind.
     *
     * @param found what a description calls the model
     * @param file for the message
     * @param advice ends the message
     * @throws InputException if it is another
     */
    public void check(String found, Path file, String advice) {
        if (found.equals(word)) {
            return;
        }
        String statement = Arrays.stream(values())
                .filter(kind -> kind.word.equals(found))
                .map(kind -> kind.statement)
                .collect(Collectors.joining());
        throw new InputException("%s %s%s %s"
                .formatted(
                        file,
                        statement.isEmpty() ? "is a model of the unknown kind " + Printable.quoted(found) : statement,
                        advice.startsWith("and ") ? "," : ":",
                        advice));
    }
}
