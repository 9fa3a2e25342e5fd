/**
 * Answers of saved models, with the bits that the framework's answers have, in plain Java: no ND4J, no native library. {@link
 * sluice.framework.predict.ModelLoader#load} is where to begin.
 */
package sluice.framework.predict;
