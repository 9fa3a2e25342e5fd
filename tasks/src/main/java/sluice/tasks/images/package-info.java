/**
 * Folders of PNG and JPEG images as a data set: {@link sluice.tasks.images.ImageFolder} says where they are, a folder per class;
 * out comes a data set of grey pixels.
 */
package sluice.tasks.images;
