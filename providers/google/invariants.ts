export const brokenInvariants = () => [];
