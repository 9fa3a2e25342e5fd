package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.tasks.DataSet;
import sluice.tasks.Printable;
import sluice.tasks.Shape;
import sluice.tasks.Suggestion;

/**
 * What the images of a network that generates look like from outside.
 *
 * @param shape what their features are to each other
 * @param classes what the data call the classes, in the order in which the network has them; none where it has no class
 */
public record ImageForm(Shape shape, ImmutableList<String> classes) {
    /** Checks that no two classes have one name. */
    public ImageForm {
        checkArgument(classes.stream().distinct().count() == classes.size(), "two classes have one name: %s", classes);
    }

    /**
     * {@return features in no particular arrangement, and classes that go by their numbers, from 0}
     *
     * @param features of an image
     * @param classes how many
     */
    public static ImageForm of(int features, int classes) {
        return new ImageForm(
                new Shape.Vector(features),
                IntStream.range(0, classes).mapToObj(String::valueOf).collect(ImmutableList.toImmutableList()));
    }

    /**
     * The images of a data set.
     *
     * @param isKnown whether classes are those of the data; else the network found them itself, so that their numbers are none
     *     of the data's labels
     */
    static ImageForm of(DataSet set, int classes, boolean isKnown) {
        boolean isNamed = isKnown && set.classNames().size() >= classes;
        return new ImageForm(
                set.shape(),
                IntStream.range(0, classes)
                        .mapToObj(i -> isNamed ? set.classNames().get(i) : isKnown ? String.valueOf(i) : "cluster-" + i)
                        .collect(ImmutableList.toImmutableList()));
    }

    /**
     * {@return the place of a class}
     *
     * @param name as the data call it
     * @throws IllegalArgumentException if there is no such class; the message says which there are
     */
    public int index(String name) {
        checkArgument(!classes.isEmpty(), "the model has no classes, so that none can be asked for");
        int index = classes.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("the model knows no class %s: %s"
                    .formatted(
                            Printable.quoted(name),
                            classes.size() <= 20
                                    ? "choose one of " + String.join(", ", classes)
                                    : Suggestion.of(name, classes)));
        }
        return index;
    }
}
