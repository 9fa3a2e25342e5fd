package sluice.framework.layer;

import java.util.Optional;

/** What a hidden layer is: a layer of some kind, whatever it lies on. */
public interface LayerShape {
    /** {@return units, each with a gate: neurons of a fully connected layer, maps of a convolution} */
    int units();

    /** {@return one word or two for messages} */
    String kind();

    /**
     * {@return why it cannot, and how to mend it; nothing if it can}
     *
     * @param below what it is to lie on
     */
    Optional<String> misfit(Below below);

    /**
     * {@return how it does}
     *
     * @param below what it lies on, which it fits
     */
    Connection connection(Below below);
}
