package sluice.framework.predict;

import java.util.Map;

/**
 * A model that was trained elsewhere, to be asked. Immutable: any number of threads may ask it at once, and the bits of an
 * answer depend on the example alone, not on the others that are asked with it.
 */
public sealed interface SavedModel permits SavedNetwork, SavedDiscriminant {
    /** {@return features of an example} */
    int inputs();

    /**
     * {@return where it comes from: settings, versions, encodings of tables}
     */
    Map<String, String> provenance();
}
