// The part of the console's script that makes a photo small enough before it is sent: a phone's has megabytes.

/** Functions inside that script. What cannot be drawn is sent as it is, and the page that takes it says what is wrong. */
export const shrinkSource = `
  async function shrink(input) {
    const [file] = input.files;
    if (file === undefined) return;
    const buttons = [...input.form.querySelectorAll('button:enabled')];
    for (const button of buttons) button.disabled = true;
    try {
      const picture = await createImageBitmap(file);
      const most = Number(input.dataset.most);
      const isFine = file.size <= most && Math.max(picture.width, picture.height) <= 4096 && /^image\\/(jpeg|png)$/.test(file.type);
      const small = isFine ? undefined : await drawnSmall(picture, most);
      if (small === undefined || input.files[0] !== file) return;
      const files = new DataTransfer();
      files.items.add(new File([small], 'picture.jpg', { type: 'image/jpeg' }));
      input.files = files.files;
    } catch {
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  async function drawnSmall(picture, most) {
    for (const side of [1600, 1200, 800, 400]) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      for (const quality of [0.85, 0.7]) {
        const drawn = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
        if (drawn !== null && drawn.size <= most) return drawn;
      }
    }
    return undefined;
  }
`;
