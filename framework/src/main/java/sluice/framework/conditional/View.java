package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * What a hidden layer is computed from. The lowest layer, and one right above an exit, may see the example; all others see what
 * is below.
 *
 * @param sees the example, what is below, or both
 * @param pool side of the squares of pixels whose means are seen in place of the example's features; 1 where these are
 * @param adversarial radius, in normalised features, of adversarial training (Goodfellow, Shlens and Szegedy 2015, by the L2
 *     norm as in Miyato, Dai and Goodfellow 2017): beside each example its part learns one that is moved so far to where the
 *     loss grows the fastest; 0 for none
 */
public record View(Sees sees, int pool, double adversarial) {
    /** What is below; of the lowest layer, the example's features. */
    public static final View BELOW = new View(Sees.BELOW, 1, 0);

    /** The example's features alone. */
    public static final View INPUT = new View(Sees.INPUT, 1, 0);

    /** What a layer is computed from. */
    public enum Sees {
        /** The units below it; of the lowest layer, the example's features. */
        BELOW,
        /** The example's features alone. */
        INPUT,
        /** Both. */
        BOTH
    }

    /** Checks the ranges. */
    public View {
        checkNotNull(sees, "sees");
        checkArgument(pool >= 1, "pool must be at least 1, got %s", pool);
        checkArgument(
                adversarial >= 0 && Double.isFinite(adversarial),
                "adversarial must be at least 0, got %s",
                adversarial);
    }

    /** Whether it says anything of the example's features. */
    boolean isOfExample() {
        return sees != Sees.BELOW || pool > 1 || adversarial > 0;
    }
}
