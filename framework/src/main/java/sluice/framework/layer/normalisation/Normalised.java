package sluice.framework.layer.normalisation;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.UnitNormalisation;

/**
 * A layer of any kind whose products are normalised before the ReLU.
 *
 * @param layer what is normalised
 * @param normalisation how
 */
public record Normalised(LayerShape layer, UnitNormalisation normalisation) implements LayerShape {
    /** Batch normalisation per task. */
    public static final UnitNormalisation BATCH = new BatchNormalisation();

    /** Checks that both are there. */
    public Normalised {
        checkNotNull(layer, "layer");
        checkNotNull(normalisation, "normalisation");
    }

    /**
     * A layer with batch normalisation per task.
     *
     * @param layer of any kind
     */
    public static LayerShape byBatch(LayerShape layer) {
        return new Normalised(layer, BATCH);
    }

    /**
     * A layer with the normalisation that a word stands for, or with none.
     *
     * @param word of a normalisation, or of none
     * @param layer of any kind
     * @throws IllegalArgumentException if there is no such normalisation
     */
    public static LayerShape of(String word, LayerShape layer) {
        if (word.equals(UnitNormalisation.NONE.word())) {
            return layer;
        }
        checkArgument(word.equals(BATCH.word()), "unknown normalisation %s", word);
        return byBatch(layer);
    }

    @Override
    public int units() {
        return layer.units();
    }

    @Override
    public String kind() {
        return layer.kind();
    }

    @Override
    public Optional<String> misfit(Below below) {
        return layer.misfit(below);
    }

    @Override
    public Connection connection(Below below) {
        return new NormalisedConnection(layer.connection(below), normalisation);
    }
}
