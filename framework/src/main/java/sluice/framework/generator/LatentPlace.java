package sluice.framework.generator;

import com.google.common.collect.ImmutableList;

/**
 * Where a layer of latents stands in the table of a network's values, one row per sample: what is given, then the class if it
 * is a latent, then each layer of latents; from the second layer on a copy of the class stands before each, so that whatever
 * sees a layer sees the class beside.
 *
 * @param layer its variables
 * @param column its first column
 * @param encoderFrom first column that its own logits are computed from
 * @param encoderTo column after the last
 * @param prior what its values are held against
 * @param priorFrom first column that logits of a conditional prior are computed from
 * @param priorTo column after the last
 */
record LatentPlace(
        LatentLayer layer, int column, int encoderFrom, int encoderTo, Prior prior, int priorFrom, int priorTo) {
    /** What the values of latents are held against. */
    enum Prior {
        /** Nothing: the layer is itself what generates. */
        NONE,
        /** Logits that are parameters. */
        LEARNED,
        /** Logits that come from other latents: the layer above, or the class. */
        CONDITIONAL
    }

    /** Whether the divergence from the prior is known in closed form, as the prior does not hang on what is drawn later. */
    boolean hasExactDivergence() {
        return prior == Prior.LEARNED || (prior == Prior.CONDITIONAL && priorTo <= column);
    }

    int units() {
        return layer.units();
    }

    /** The places of a form's latents, the class first. */
    static ImmutableList<LatentPlace> of(GeneratorShape shape) {
        ImmutableList.Builder<LatentPlace> places = ImmutableList.builder();
        boolean structured = shape.kind() == GeneratorShape.Kind.STRUCTURED;
        int column = shape.given();
        if (shape.classes() > 0) {
            LatentLayer classes = LatentLayer.categorical(1, shape.classes());
            places.add(new LatentPlace(classes, column, 0, shape.given(), Prior.LEARNED, 0, 0));
            column += shape.classes();
        }
        int encoderFrom = 0;
        for (int i = 0; i < shape.latents().size(); i++) {
            LatentLayer layer = shape.latents().get(i);
            column += i > 0 ? shape.classes() : 0;
            int next = column + layer.units();
            boolean top = i == shape.latents().size() - 1;
            if (!top && !structured) {
                int above = next + shape.classes() + shape.latents().get(i + 1).units();
                places.add(new LatentPlace(layer, column, encoderFrom, column, Prior.CONDITIONAL, next, above));
            } else if (shape.classes() > 0) {
                int classes = shape.given();
                places.add(new LatentPlace(
                        layer, column, encoderFrom, column, Prior.CONDITIONAL, classes, classes + shape.classes()));
            } else {
                Prior prior = structured ? Prior.NONE : Prior.LEARNED;
                places.add(new LatentPlace(layer, column, encoderFrom, column, prior, 0, 0));
            }
            encoderFrom = column;
            column = next;
        }
        return places.build();
    }

    /** Where copies of the class begin. */
    static ImmutableList<Integer> copiesOfClass(GeneratorShape shape) {
        if (shape.classes() == 0) {
            return ImmutableList.of();
        }
        return of(shape).stream()
                .skip(2)
                .map(place -> place.column() - shape.classes())
                .collect(ImmutableList.toImmutableList());
    }

    /** The first column that the generated features are computed from. */
    static int outputFrom(GeneratorShape shape) {
        ImmutableList<LatentPlace> places = of(shape);
        return shape.kind() == GeneratorShape.Kind.STRUCTURED
                ? places.get(places.size() - 1).column()
                : shape.given();
    }

    /** The column after the last of these. */
    static int outputTo(GeneratorShape shape) {
        ImmutableList<LatentPlace> places = of(shape);
        LatentPlace lowest = shape.kind() == GeneratorShape.Kind.STRUCTURED
                ? places.get(places.size() - 1)
                : places.get(shape.classes() > 0 ? 1 : 0);
        return lowest.column() + lowest.units();
    }

    /** All columns of the table. */
    static int columns(GeneratorShape shape) {
        ImmutableList<LatentPlace> places = of(shape);
        LatentPlace last = places.get(places.size() - 1);
        return last.column() + last.units();
    }
}
