package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import sluice.framework.internal.model.ModelKind;
import sluice.tasks.Shape;

/** What a model file says of a network that generates. Channels, height and width are 0 where they are of no image. */
record GenerativeModelDescription(
        String kind,
        int format,
        String form,
        int given,
        int generated,
        List<Layer> latents,
        List<Integer> hidden,
        int channels,
        int height,
        int width,
        List<String> classes,
        double slope,
        Map<String, String> provenance,
        String parametersSha256) {
    static final int FORMAT = 4;

    /** No network that could be trained has more columns. */
    private static final long MOST_COLUMNS = 1 << 28;

    /** A layer of latents. */
    record Layer(int variables, int choices) {}

    static GenerativeModelDescription of(
            TrainedGenerator trained, ImageForm images, Map<String, String> provenance, String checksum) {
        GeneratorShape shape = trained.shape();
        Shape image = images.shape();
        return new GenerativeModelDescription(
                ModelKind.GENERATOR.word(),
                FORMAT,
                shape.kind().name(),
                shape.given(),
                shape.generated(),
                shape.latents().stream()
                        .map(layer -> new Layer(layer.variables(), layer.choices()))
                        .toList(),
                shape.hidden(),
                image instanceof Shape.Channels colours ? colours.channels() : 0,
                image instanceof Shape.Image grey
                        ? grey.height()
                        : image instanceof Shape.Channels colours ? colours.height() : 0,
                image instanceof Shape.Image grey
                        ? grey.width()
                        : image instanceof Shape.Channels colours ? colours.width() : 0,
                images.classes(),
                trained.slope(),
                provenance,
                checksum);
    }

    /**
     * Makes sure that the rest of the file can be read by this.
     *
     * @throws IllegalArgumentException if something is missing, out of its range, or does not go with something else
     */
    void check() {
        checkArgument(
                isWhole(latents) && isWhole(hidden) && isWhole(classes), "latents, hidden or classes are missing");
        checkArgument(
                provenance != null && provenance.values().stream().allMatch(Objects::nonNull),
                "its provenance is incomplete");
        checkArgument(parametersSha256 != null, "the checksum of its parameters is missing");
        checkArgument(Double.isFinite(slope) && slope > 0, "its slope is %s", slope);
        GeneratorShape shape = shape();
        checkArgument(
                (long) given + generated + classes.size() <= MOST_COLUMNS,
                "it has %s and %s features",
                given,
                generated);
        int features = TrainedGenerator.features(shape);
        checkArgument(
                images().shape().features() == features,
                "images of %s x %s x %s have not %s features",
                channels,
                height,
                width,
                features);
    }

    private static boolean isWhole(List<?> values) {
        return values != null && values.stream().allMatch(Objects::nonNull);
    }

    /** Throws IllegalArgumentException where a number is out of its range. */
    GeneratorShape shape() {
        checkArgument(form != null, "its form is missing");
        return new GeneratorShape(
                GeneratorShape.Kind.valueOf(form),
                given,
                generated,
                latents.stream()
                        .map(layer -> new LatentLayer(layer.variables(), layer.choices()))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableList.copyOf(hidden),
                classes.size());
    }

    /** Throws IllegalArgumentException where there is no such image. */
    ImageForm images() {
        ImmutableList<String> names = ImmutableList.copyOf(classes);
        if (channels > 0) {
            return new ImageForm(new Shape.Channels(channels, height, width), names);
        }
        return new ImageForm(
                height > 0 ? new Shape.Image(height, width) : new Shape.Vector(TrainedGenerator.features(shape())),
                names);
    }

    /** Numbers of each array of {@link GeneratorParts#parameters}. */
    static long[] sizes(GeneratorShape shape) {
        LongStream.Builder sizes = LongStream.builder();
        ImmutableList<LatentPlace> places = LatentPlace.of(shape);
        for (LatentPlace place : places) {
            addStack(shape, place.encoderTo() - place.encoderFrom(), place.units(), sizes);
            if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
                addStack(shape, place.priorTo() - place.priorFrom(), place.units(), sizes);
            }
        }
        addStack(shape, LatentPlace.outputTo(shape) - LatentPlace.outputFrom(shape), shape.generated(), sizes);
        for (LatentPlace place : places) {
            sizes.add(place.prior() == LatentPlace.Prior.LEARNED ? place.units() : 0);
        }
        return sizes.build().toArray();
    }

    private static void addStack(GeneratorShape shape, int inputs, int outputs, LongStream.Builder sizes) {
        long below = inputs;
        for (int units : shape.hidden()) {
            sizes.add((below + 1) * units);
            below = units;
        }
        sizes.add((below + 1) * outputs);
    }

    /** What the archive holds beside this. */
    long parameterBytes() {
        long floats = TrainedGenerator.features(shape());
        for (long size : sizes(shape())) {
            floats = Math.addExact(floats, size);
        }
        return Math.multiplyExact(floats, (long) Float.BYTES);
    }
}
