"""Pure rules of the network: values in, values out."""
